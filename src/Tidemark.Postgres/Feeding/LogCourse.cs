namespace Tidemark.Postgres.Feeding;

/// <summary>How a server's log stands to what was read of one before.</summary>
internal enum LogCourse
{
    /// <summary>It goes on from there.</summary>
    Same,

    /// <summary>It went another way before that.</summary>
    Forked,

    /// <summary>Nobody can say.</summary>
    Unknown,
}
