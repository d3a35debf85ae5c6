using System.Globalization;

namespace Tidemark.Records;

/// <summary>Times as JSON has them.</summary>
public static class Rfc3339
{
    /// <summary>RFC 3339 in UTC, with as many digits of the second as there are: <c>2026-01-02T02:04:05.5Z</c>.</summary>
    public static string Of(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
