namespace Tidemark.Sources;

/// <summary>What outlives a listing of a database that is polled.</summary>
public interface ISqlJournal
{
    /// <returns>What was written last; null: nothing, or the index has no document of the source any more.</returns>
    ValueTask<string?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a text in place of the former one.</summary>
    ValueTask WriteAsync(string value, CancellationToken cancellationToken);
}
