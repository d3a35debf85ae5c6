using Tidemark.Adopting;

namespace Tidemark.Tests.Adopting;

/// <summary>Rows at hand; it remembers whether it was read.</summary>
internal sealed class ListedOrigin(params IReadOnlyList<OriginRow> rows) : IEmbeddingOrigin
{
    public OriginSurvey Survey { get; init; } = new("memory", "rows");

    public int BatchSize { get; init; } = 2;

    public bool WasRead { get; private set; }

    public ValueTask<OriginSurvey> SurveyAsync(CancellationToken cancellationToken) => new(Survey);

    public IAsyncEnumerable<OriginRow> SampleAsync(int most, CancellationToken cancellationToken) => rows.Take(most).ToAsyncEnumerable();

    public IAsyncEnumerable<IReadOnlyList<OriginRow>> ReadAsync(CancellationToken cancellationToken)
    {
        WasRead = true;
        return rows.Chunk(BatchSize).ToAsyncEnumerable();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
