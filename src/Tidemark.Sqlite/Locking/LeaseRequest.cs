namespace Tidemark.Sqlite.Locking;

/// <param name="Wait">How long to try; zero: once.</param>
/// <param name="GivesWay">It is held for a tenth of a second, and let go: whoever waits for nobody else waits for this.</param>
internal readonly record struct LeaseRequest(TimeSpan Wait, bool GivesWay = false);
