// Checks what must be there before Swift's runtime starts; there is nothing to call.
#pragma once
