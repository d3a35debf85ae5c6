namespace Tidemark.Postgres.Feeding;

/// <summary>Which log a server writes.</summary>
/// <param name="System">Of the server, and of all that were copied from it.</param>
/// <param name="Timeline">Counts promotions: whoever is promoted goes another way from where the log of the one before ended for it.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Fork">Where that was, if it was promoted since it was started; null: it does not say.</param>
internal sealed record ServerLog(string System, uint Timeline, ulong End, ulong? Fork)
{
    /// <summary>Whether what was read of a log is the beginning of this one. Pure.</summary>
    /// <param name="timeline">Of what was read; 0: it was not noted.</param>
    /// <param name="position">Up to where.</param>
    public LogCourse CourseAfter(uint timeline, ulong position) =>
        timeline == 0 || timeline == Timeline ? LogCourse.Same
        : Fork is not { } fork || Timeline != timeline + 1 ? LogCourse.Unknown
        : position > fork ? LogCourse.Forked
        : LogCourse.Same;
}
