using System.Data.Common;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>A database whose rows are documents, and how it is asked.</summary>
public sealed record SqlOptions
{
    /// <summary>Every document remembers it.</summary>
    public required string Name { get; init; }

    /// <summary>Opens connections; not disposed by the source.</summary>
    public required DbDataSource Database { get; init; }

    /// <summary>The SQL that it understands.</summary>
    public required SqlDialect Dialect { get; init; }

    /// <summary>What of it becomes documents; their ids begin differently.</summary>
    public required IReadOnlyList<SqlTable> Tables { get; init; }

    /// <summary>How messages call the database, without secrets.</summary>
    public string? Address { get; init; }

    /// <summary>Remembers how far it was read; null: everything is read each time.</summary>
    public ISqlJournal? Journal { get; init; }

    /// <summary>
    /// So much before the last time stamp that was seen is read again: rows are found that were committed up to so much later than their time
    /// stamps say.
    /// </summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether everything is to be read and compared, of which that was done last at that moment. Null: every 24 hours.</summary>
    public Func<DateTimeOffset, bool>? IsDue { get; init; }

    /// <summary>Everything is read and compared, whatever is due.</summary>
    public bool Whole { get; init; }

    /// <summary>Null: full, of what was read whole. Incremental is refused.</summary>
    public CleanupMode? Cleanup { get; init; }

    /// <summary>A longer text is a failed item; in characters.</summary>
    public long MaxTextLength { get; init; } = 10_000_000;

    /// <summary>So many rows are asked for at once.</summary>
    public int PageSize { get; init; } = 256;

    /// <summary>Tells when the last whole reading was.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
