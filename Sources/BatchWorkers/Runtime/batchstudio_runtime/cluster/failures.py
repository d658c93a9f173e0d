"""The reasons why a cluster can't be used, as `fatal` messages name them."""


class ClusterFailure(Exception):
    """What failed, its cause and the action, in one text."""


class ClusterUnreachable(ClusterFailure):
    """The cluster may be back later: the job is paused until then."""


class ClusterRefused(ClusterFailure):
    """The cluster can't do what is asked of it until something is changed: the job fails."""
