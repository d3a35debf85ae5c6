namespace Tidemark.Adopting;

/// <summary>
/// Texts with their vectors as another system keeps them: a table, a collection. It is only read, and what it gives is one state of it where
/// the other system can promise that.
/// </summary>
public interface IEmbeddingOrigin : IAsyncDisposable
{
    /// <summary>Says what it is; called once, before anything is read.</summary>
    /// <exception cref="TidemarkException"><c>source.missing</c>: it is not there; <c>source.unreadable</c>: it cannot be read.</exception>
    ValueTask<OriginSurvey> SurveyAsync(CancellationToken cancellationToken);

    /// <summary>Rows from all over it, each time the same ones; as many as are asked for are read.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    IAsyncEnumerable<OriginRow> SampleAsync(int most, CancellationToken cancellationToken);

    /// <summary>Every row, in batches as they come.</summary>
    IAsyncEnumerable<IReadOnlyList<OriginRow>> ReadAsync(CancellationToken cancellationToken);
}
