using System.Globalization;

namespace Tidemark.Wire;

/// <summary>Periods as people write them: a whole number and a unit (<c>s</c>, <c>m</c>, <c>h</c>, <c>d</c>, <c>w</c>), such as <c>7d</c>.</summary>
public static class PeriodText
{
    private static readonly TimeSpan Most = TimeSpan.FromDays(36_500);

    /// <returns>Null: it is none.</returns>
    public static TimeSpan? Find(string? text)
    {
        if (text is not { Length: > 1 }
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        TimeSpan? unit = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            'w' => TimeSpan.FromDays(7),
            _ => null,
        };
        return unit is { } one && count <= Most / one ? one * count : null;
    }

    /// <exception cref="TidemarkException"><c>usage</c>: no such period.</exception>
    /// <param name="name">What its caller calls it.</param>
    /// <param name="text">As it was typed.</param>
    public static TimeSpan Parse(InputName name, string? text) =>
        Find(text) ?? throw name.Wrong(text, "write a number and a unit: 90s, 30m, 12h, 7d, 2w");
}
