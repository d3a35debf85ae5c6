namespace Tidemark.Scheduling;

/// <summary>When something happens again. An extension point: a cron expression, a calendar, an interval.</summary>
public interface IRecurrence
{
    /// <summary>The first occurrence after an instant. Pure.</summary>
    /// <param name="instant">UTC.</param>
    /// <returns>UTC, later than <paramref name="instant"/>; null: it never happens again.</returns>
    DateTimeOffset? NextAfter(DateTimeOffset instant);

    /// <summary>As it is written, for people: <c>*/15 * * * *</c>, <c>every 30s</c>.</summary>
    string Text { get; }
}
