namespace Tidemark.Postgres.Feeding;

/// <summary>What one call of a feed did.</summary>
public sealed record PostgresFeedReport
{
    /// <summary>Whose documents.</summary>
    public required string Source { get; init; }

    /// <summary>Transactions of the database that were taken from its log.</summary>
    public long Transactions { get; init; }

    /// <summary>Changes that the log brought and that were put into the queue.</summary>
    public long Changes { get; init; }

    /// <summary>Rows that were read from tables.</summary>
    public long Rows { get; init; }

    /// <summary>Documents deleted because their rows were gone.</summary>
    public long Reconciled { get; init; }

    /// <summary>Deletions that the guard holds back.</summary>
    public long Held { get; init; }

    /// <summary>Rows that make no document, because a column of the id is null.</summary>
    public long Failed { get; init; }

    /// <summary>How much of the tables has been read, from 0 to 1.</summary>
    public double SnapshotShare { get; init; }

    /// <summary>Up to where in the database's log everything is in the queue.</summary>
    public string Position { get; init; } = "";
}
