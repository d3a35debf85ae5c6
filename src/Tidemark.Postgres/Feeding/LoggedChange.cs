namespace Tidemark.Postgres.Feeding;

/// <summary>The last that the log says of one document within a batch.</summary>
/// <param name="Table">Whose row it is.</param>
/// <param name="Row">Null: it is gone.</param>
/// <param name="Version">See <see cref="FeedVersion"/>.</param>
/// <param name="At">When its transaction was committed, by the database's clock.</param>
internal sealed record LoggedChange(SourceTable Table, FeedRow? Row, long Version, DateTimeOffset At);
