namespace Tidemark.Archiving;

/// <summary>A store that is being filled, held alone until it is disposed.</summary>
public interface IArchiveFilling : IAsyncDisposable
{
    /// <summary>The number of this attempt.</summary>
    long Attempt { get; }

    /// <summary>What former attempts have brought of a table, in order.</summary>
    IReadOnlyList<ArchivePart> PartsOf(ArchiveTable table);

    /// <summary>Writes the rows of a part, keys as they are, and notes it, in one transaction.</summary>
    ValueTask WriteAsync(ArchivePart part, IReadOnlyList<ArchiveRow> rows, CancellationToken cancellationToken);

    /// <summary>Removes what former attempts have brought of a table that is another one by now.</summary>
    ValueTask EmptyAsync(ArchiveTable table, CancellationToken cancellationToken);

    /// <summary>After the last part: what was left until then for the sake of speed.</summary>
    ValueTask EndAsync(CancellationToken cancellationToken);
}
