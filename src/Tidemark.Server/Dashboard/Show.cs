using System.Globalization;
using Tidemark.Records;

namespace Tidemark.Server.Dashboard;

/// <summary>Figures as people read them. Pure.</summary>
internal static class Show
{
    public const string Nothing = "–";

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(long number, string one, string many) => $"{Count(number)} {(number == 1 ? one : many)}";

    public static string Share(double? share) => share is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(known * 1_000) / 10:0.#} %")
        : Nothing;

    public static string Bytes(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1_000 && unit < units.Length - 1)
        {
            (size, unit) = (size / 1_000, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {units[unit]}");
    }

    /// <summary>USD; null: no price is known.</summary>
    public static string Money(decimal? usd) => usd switch
    {
        null => Nothing,
        0 => "$0",
        < 0.01m and > -0.01m => string.Create(CultureInfo.InvariantCulture, $"${usd:0.######}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"${usd:#,0.00}"),
    };

    /// <summary>In the unit that tells most, to about two digits.</summary>
    public static string Time(TimeSpan? time) => time switch
    {
        null => Nothing,
        { TotalMilliseconds: < 1_000 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 10 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds:0.0} s"),
        { TotalSeconds: < 60 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds:0} s"),
        { TotalMinutes: < 10 } t => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(t.TotalMinutes)} min {t.Seconds:0} s"),
        { TotalMinutes: < 60 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMinutes:0} min"),
        { TotalHours: < 48 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalHours:0.#} h"),
        { } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalDays:0.#} days"),
    };

    /// <summary>To three digits: scores of one way of searching may be a thousand times those of another.</summary>
    public static string Score(double? score) => score switch
    {
        null => Nothing,
        < 0.01 and > -0.01 => score.Value.ToString("0.######", CultureInfo.InvariantCulture),
        _ => score.Value.ToString("0.00#", CultureInfo.InvariantCulture),
    };

    /// <summary>Of UTC, to the second.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Outcome(RunOutcome? outcome) => outcome is { } known ? RunOutcomeName.Of(known) : "running";

    public static string Tone(RunOutcome? outcome) => outcome switch
    {
        RunOutcome.Succeeded => "good",
        RunOutcome.Failed => "bad",
        null => "busy",
        _ => "warn",
    };

    /// <summary>At most so many characters, cut between two of them.</summary>
    public static string Brief(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return $"{text[..end].TrimEnd()}…";
    }
}
