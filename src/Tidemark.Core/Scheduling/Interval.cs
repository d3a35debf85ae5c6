using System.Globalization;

namespace Tidemark.Scheduling;

/// <summary>So long after it happened last.</summary>
/// <param name="length">More than zero.</param>
public sealed class Interval(TimeSpan length) : IRecurrence
{
    /// <summary>How long.</summary>
    public TimeSpan Length { get; } = length > TimeSpan.Zero
        ? length
        : throw new ArgumentOutOfRangeException(nameof(length), "An interval is longer than nothing.");

    /// <inheritdoc />
    public string Text => string.Create(CultureInfo.InvariantCulture, $"every {Length.TotalSeconds:0.###}s");

    /// <inheritdoc />
    public DateTimeOffset? NextAfter(DateTimeOffset instant) =>
        instant > DateTimeOffset.MaxValue - Length ? null : instant.ToUniversalTime() + Length;
}
