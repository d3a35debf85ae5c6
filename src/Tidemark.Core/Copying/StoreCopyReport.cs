namespace Tidemark.Copying;

/// <summary>What was copied, and read back and found equal.</summary>
public sealed record StoreCopyReport
{
    /// <summary>An earlier copy had been finished, and is equal: nothing was written.</summary>
    public bool WasThere { get; init; }

    /// <summary>All of the store's.</summary>
    public required long Namespaces { get; init; }

    /// <summary>Live ones.</summary>
    public required long Documents { get; init; }

    /// <summary>Live ones.</summary>
    public required long Chunks { get; init; }

    /// <summary>Vectors that nobody has to pay for again.</summary>
    public required long Embeddings { get; init; }

    /// <summary>Former states of documents.</summary>
    public required long FormerStates { get; init; }

    /// <summary>Entries of the history of runs.</summary>
    public required long Runs { get; init; }

    /// <summary>Of all tables.</summary>
    public required long Rows { get; init; }

    /// <summary>Those that this call wrote; the others were there from attempts that did not come to their end.</summary>
    public long RowsWritten { get; init; }
}
