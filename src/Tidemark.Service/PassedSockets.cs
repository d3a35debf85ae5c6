using System.Collections;
using System.Globalization;

namespace Tidemark.Service;

/// <summary>Sockets that a supervisor holds and hands to each process that it starts (systemd's socket activation): connections wait in them meanwhile.</summary>
internal static class PassedSockets
{
    /// <summary>Whether there are any for this very process, as sd_listen_fds(3) has it.</summary>
    public static bool AreThere(IDictionary environment) =>
        int.TryParse(environment["LISTEN_PID"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var process) && process == Environment.ProcessId
        && int.TryParse(environment["LISTEN_FDS"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0;
}
