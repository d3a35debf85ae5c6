namespace Tidemark.Wire;

/// <summary>Durations as people write them: in seconds, perhaps with a fraction.</summary>
public static class DurationText
{
    /// <summary>Reads a duration that is not negative.</summary>
    /// <param name="name">What its caller calls it.</param>
    /// <param name="text">Seconds.</param>
    /// <param name="most">The longest one.</param>
    /// <exception cref="TidemarkException"><c>usage</c>: no such duration; the remedy names the longest one.</exception>
    public static TimeSpan Parse(InputName name, string? text, TimeSpan most) =>
        TimeSpan.FromSeconds(NumberText.Parse(name, text, new NumberBounds(0, most.TotalSeconds) { IsWhole = false }));
}
