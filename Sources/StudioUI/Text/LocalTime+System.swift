import FoundationEssentials
import Glibc

extension LocalTime {
    /// The time zone of this machine, or of `$TZ`.
    static let system = LocalTime { date in
        var time = time_t(date.timeIntervalSince1970.rounded(.down))
        var parts = tm()
        guard localtime_r(&time, &parts) != nil else { return 0 }
        return parts.tm_gmtoff
    }
}
