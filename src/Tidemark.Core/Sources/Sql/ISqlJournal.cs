namespace Tidemark.Sources;

/// <summary>What outlives a listing of a database that is polled.</summary>
public interface ISqlJournal
{
    /// <returns>What was written last; null: nothing, or the index has no document of the source any more.</returns>
    ValueTask<string?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a text in place of the former one.</summary>
    ValueTask WriteAsync(string value, CancellationToken cancellationToken);

    /// <summary>All that had been written when a listing began is durable, also where that was nothing new; not called by a plan, nor where anything failed.</summary>
    ValueTask CaughtUpAsync(DateTimeOffset began, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
