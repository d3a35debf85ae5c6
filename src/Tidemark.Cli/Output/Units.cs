using System.Globalization;

namespace Tidemark.Cli.Output;

/// <summary>Numbers as a person reads them, the same in every culture.</summary>
internal static class Units
{
    public static string Count(long n) => n.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 chunk</c>, <c>2 chunks</c>.</summary>
    public static string Count(long n, string noun) => n == 1 ? $"1 {noun}" : $"{Count(n)} {noun}s";

    /// <summary><c>1 change waits</c>, <c>2 changes wait</c>.</summary>
    public static string Count(long n, string one, string many) => $"{Count(n)} {(n == 1 ? one : many)}";

    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => Count(bytes, "byte"),
        < 1_000_000 => Scaled(bytes / 1e3, "KB"),
        < 1_000_000_000 => Scaled(bytes / 1e6, "MB"),
        _ => Scaled(bytes / 1e9, "GB"),
    };

    public static string Share(double share) => (share * 100).ToString(
        share is > 0 and < 0.1 ? "0.# '%'" : "0 '%'", CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan time) => time.TotalSeconds switch
    {
        < 60 and var s => string.Create(CultureInfo.InvariantCulture, $"{s:0.00} s"),
        < 3600 and var s => string.Create(CultureInfo.InvariantCulture, $"{(int)s / 60} min {(int)s % 60} s"),
        var s => string.Create(CultureInfo.InvariantCulture, $"{(int)s / 3600} h {(int)s / 60 % 60} min"),
    };

    /// <summary>How long ago, roughly.</summary>
    public static string Age(TimeSpan age) => age.TotalSeconds switch
    {
        < 90 and var s => $"{Math.Max(0, (int)s)} s",
        < 5400 and var s => $"{(int)s / 60} min",
        < 172_800 and var s => $"{(int)s / 3600} h",
        var s => $"{(int)(s / 86_400)} days",
    };

    public static string Money(decimal amount) =>
        "$" + amount.ToString(amount is 0 or >= 1 ? "0.00" : "0.00####", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Scaled(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {unit}");
}
