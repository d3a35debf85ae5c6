using System.Globalization;
using System.Text;
using Tidemark.Files;

namespace Tidemark.Sqlite.Locking;

/// <summary>Who holds a lease: one line in the lock file, for the message that the others get.</summary>
internal sealed record LeaseHolder(int ProcessId, DateTimeOffset Since)
{
    /// <summary>Which holders write their time with: it says that they let go at once. Others write a Z, and all versions read both.</summary>
    private const string Offset = "+00:00";

    /// <summary>It is held for a tenth of a second: wait for it.</summary>
    public bool GivesWay { get; init; }

    public static LeaseHolder Of(TimeProvider clock) => new(Environment.ProcessId, clock.GetUtcNow());

    /// <returns>Null where it cannot be told (being written, or not on Linux).</returns>
    public static LeaseHolder? ReadFrom(string path) => Parse(ReadLocked(path));

    /// <returns>Null: that is not what a holder writes.</returns>
    public static LeaseHolder? Parse(string content)
    {
        var parts = content.Split('\n')[0].Split(' ');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && DateTimeOffset.TryParse(parts[1], CultureInfo.InvariantCulture, out var since)
                ? new LeaseHolder(process, since) { GivesWay = parts[1].EndsWith(Offset, StringComparison.Ordinal) }
                : null;
    }

    public override string ToString()
    {
        var time = GivesWay ? Since.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) : Since.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return $"{ProcessId.ToString(CultureInfo.InvariantCulture)} {time}";
    }

    /// <summary>The runtime's own way of opening a file asks for a shared lock, which the holder's lock denies.</summary>
    private static string ReadLocked(string path)
    {
        using var file = SystemLock.IsSupported ? SystemLock.OpenForReading(path) : null;
        if (file is null)
        {
            return "";
        }

        Span<byte> buffer = stackalloc byte[128];
        try
        {
            return FileFacts.Of(file).Type == FileType.File ? Encoding.ASCII.GetString(buffer[..RandomAccess.Read(file, buffer, 0)]) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
