using System.Diagnostics;
using Tidemark.Documents;

namespace Tidemark.Bench.Providers;

/// <summary>From one changed document to the search that finds it, in process, with a model that answers at once.</summary>
internal static class ChangeLatency
{
    private const int Documents = 10_000;
    private const int Changes = 500;
    private const int WarmUp = 50;

    /// <returns>Milliseconds, ascending: a sync that ends, and a search whose first hit is the new text.</returns>
    public static async Task<double[]> MeasureAsync(string database, CancellationToken cancellationToken)
    {
        await using var index = TidemarkIndex.Create(t => t.UseSqlite(database).UseHashingEmbedder(384));
        await index.SyncAsync(Enumerable.Range(0, Documents).Select(i => Of(i, 0)).ToAsyncEnumerable(), cancellationToken: cancellationToken);
        var times = new List<double>(Changes);
        for (var i = 1; i <= WarmUp + Changes; i++)
        {
            var changed = Of(i * 37 % Documents, i);
            var start = Stopwatch.GetTimestamp();
            await index.SyncAsync(new[] { changed }.ToAsyncEnumerable(), cancellationToken: cancellationToken);
            var found = await index.SearchAsync(changed.Text, cancellationToken: cancellationToken);
            if (found.Hits[0].Chunk.Text != changed.Text)
            {
                throw new InvalidOperationException($"'{changed.Id}' is not found after its change.");
            }

            if (i > WarmUp)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        times.Sort();
        return [.. times];
    }

    private static Document Of(int number, int change) => new()
    {
        Id = $"d{number:00000}",
        Text = $"Document {number} in its state {change}: nobody has said so about number {number} before, in state{change} or any other.",
    };
}
