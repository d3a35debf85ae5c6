using System.Globalization;

namespace Tidemark.Cli.Hosting;

/// <summary>What whoever started the process wants it not to hear.</summary>
internal static class IgnoredSignals
{
    private const string Mask = "SigIgn:";

    /// <summary>As <c>nohup</c> asks: the process is to go on when its terminal is closed.</summary>
    public static bool HasHangUp()
    {
        try
        {
            return File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Mask, StringComparison.Ordinal)) is { } line
                && IsHangUpIn(line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // a system that does not tell
        }
    }

    /// <param name="line">The mask in hexadecimal digits behind its name; the lowest bit is signal 1.</param>
    public static bool IsHangUpIn(string line) =>
        ulong.TryParse(line.AsSpan(Mask.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mask)
        && (mask & 1) != 0;
}
