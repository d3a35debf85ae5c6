using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Indexing;

/// <summary>The server computes BM25 as the formula says.</summary>
public sealed class KeywordRankTests
{
    private static readonly string[] Words = ["tide", "mark", "sea", "moon", "wind", "salt", "rope", "keel"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Scores_are_those_of_the_formula(int seed)
    {
        var random = new Random(seed);
        var texts = Enumerable.Range(0, 60)
            .Select(i => string.Join(' ', Enumerable.Range(0, random.Next(1, 80)).Select(_ => Words[random.Next(1 + (i % Words.Length))])))
            .Append(string.Join(' ', Enumerable.Repeat("tide", 254)))
            .ToArray();
        await using var store = await SelfRemovingStore.OpenAsync(TimeProvider.System, new PostgresStoreOptions { CreateIfMissing = true });
        await new SyncBench(store).SyncAsync([.. texts.Select((text, i) => Upsert($"d{i:00}", text))]);
        var generation = (await store.Reader.NamespaceAsync("default", CancellationToken.None))!.Generation!.Id;

        var hits = await store.Index.SearchKeywordAsync(
            new KeywordQuery("default", generation, "tide SALT, rope?", 100, MetadataFilter.None), CancellationToken.None);

        var expected = texts.Select((text, i) => (Id: $"d{i:00}", Score: Score(text, texts, ["tide", "salt", "rope"])))
            .Where(one => one.Score > 0).OrderByDescending(one => one.Score).ThenBy(one => one.Id, StringComparer.Ordinal).ToArray();
        hits.Count.ShouldBe(expected.Length);
        foreach (var hit in hits)
        {
            hit.Score.ShouldBe(expected.Single(one => one.Id == hit.Chunk.Document).Score, 1e-6);
        }
    }

    /// <summary>Robertson and Zaragoza, with lengths in estimated tokens.</summary>
    private static double Score(string text, string[] all, string[] query)
    {
        var average = all.Average(one => (double)TokenEstimate.Of(one));
        return query.Sum(word =>
        {
            var n = all.Count(one => one.Split(' ').Contains(word));
            var idf = Math.Log(1 + ((all.Length - n + 0.5) / (n + 0.5)));
            var times = text.Split(' ').Count(one => one == word);
            return idf * times * 2.2 / (times + (1.2 * (0.25 + (0.75 * TokenEstimate.Of(text) / average))));
        });
    }
}
