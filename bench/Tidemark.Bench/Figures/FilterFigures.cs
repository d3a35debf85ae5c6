using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using Npgsql;
using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Postgres;
using Tidemark.Records;

namespace Tidemark.Bench.Figures;

/// <summary>
/// Vector search behind filters on PostgreSQL with a graph, and a few hundred vectors beside it: filters that pass much and little, by
/// chance, near the query, and far from it.
/// </summary>
internal static class FilterFigures
{
    private const int Queries = 30;
    private const int Limit = 10;
    private const int Beside = 900;
    private const int Few = 20;

    private static readonly Case[] Cases =
    [
        new("50 %, by chance", "half", _ => "1"),
        new("5 %, by chance", "twentieth", _ => "7"),
        new("0.5 %, by chance", "twohundredth", _ => "7"),
        new("0.01 %, by chance", "rare", _ => "7"),
        new("50 %, near", "side", subject => SideOf(subject)),
        new("5 %, near", "group", subject => GroupOf(subject)),
        new("0.7 %, near", "pair", subject => PairOf(subject)),
        new("50 %, far", "side", subject => SideOf(Opposite(subject))),
        new("5 %, far", "group", subject => GroupOf(Opposite(subject))),
        new("0.7 %, far", "pair", subject => PairOf(Opposite(subject))),
        new("0.01 %, far", "few", _ => "1"),
    ];

    /// <param name="server">Of a database without stores.</param>
    public static async Task MeasureAsync(Measuring.Bench bench, string server, int count, CancellationToken cancellationToken)
    {
        var url = server + "?schema=bench_filters";
        await using var administrator = NpgsqlDataSource.Create(PostgresFigures.ConnectionString(server));
        await administrator.DropAsync("filters", cancellationToken);
        var corpus = new SubjectVectors();
        var start = Stopwatch.GetTimestamp();
        await SyncAsync(url, 0, count, cancellationToken);
        bench.Report.Note(
            $"PostgreSQL: {count:N0} short documents with a graph", $"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s", "Tidemark.Bench FilterFigures");
        await SyncAsync(url, count, Beside, cancellationToken);
        await using (var store = await PostgresStore.OpenAsync(url, PostgresStoreOptions.Default, TimeProvider.System, cancellationToken))
        {
            var vectors = new float[count + Beside][];
            Parallel.For(0, vectors.Length, i => vectors[i] = corpus.Of(TextOf(i)));
            foreach (var one in Cases)
            {
                await MeasureAsync(bench, store, (corpus, vectors), one, cancellationToken);
            }
        }

        await administrator.DropAsync("filters", cancellationToken);
    }

    private static async Task MeasureAsync(
        Measuring.Bench bench, PostgresStore store, (SubjectVectors Model, float[][] All) corpus, Case asked, CancellationToken cancellationToken)
    {
        var generation = (await store.Reader.NamespaceAsync("default", cancellationToken))!.Generation!.Id;
        var (found, wanted, incomplete, times) = (0, 0, 0, new List<double>());
        for (var i = 0; i < Queries; i++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"query {i}");
            var (vector, value) = (corpus.Model.Of(text), asked.Value(SubjectVectors.SubjectOf(text)));
            var exact = Enumerable.Range(0, corpus.All.Length).AsParallel()
                .Where(n => string.Equals(MetadataOf(n)[asked.Key], value, StringComparison.Ordinal))
                .OrderByDescending(n => TensorPrimitives.Dot<float>(corpus.All[n], vector)).Take(Limit).Select(IdOf).ToHashSet(StringComparer.Ordinal);
            var query = new VectorQuery("default", generation, vector, Limit, new MetadataFilter([new MetadataCondition(asked.Key, [value])]));
            var start = Stopwatch.GetTimestamp();
            var answer = await store.Index.SearchVectorAsync(query, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            wanted += exact.Count;
            found += answer.Hits.Count(hit => exact.Contains(hit.Chunk.Document));
            incomplete += answer.IsComplete && answer.Hits.Count == exact.Count ? 0 : 1;
        }

        times.Sort();
        var recall = (double)found / wanted;
        bench.Report.Bound(
            $"PostgreSQL: recall@10 behind a filter of {asked.Name}",
            $"{recall:F3}, p50 {times[times.Count / 2]:F0} ms, slowest {times[^1]:F0} ms{(incomplete > 0 ? $", {incomplete} short" : "")}",
            "0.95", recall >= 0.95 && incomplete == 0, "Tidemark.Bench FilterFigures");
    }

    private static async Task SyncAsync(string url, int first, int count, CancellationToken cancellationToken)
    {
        await using var index = TidemarkIndex.Create(t => t
            .UsePostgres(url, new PostgresStoreOptions { CreateIfMissing = true })
            .UseEmbedder(SubjectVectors.Model));
        await index.SyncAsync(Documents(first, count), cancellationToken: cancellationToken);
    }

    private static async IAsyncEnumerable<Document> Documents(int first, int count)
    {
        await Task.CompletedTask;
        for (var i = first; i < first + count; i++)
        {
            yield return new Document
            {
                Id = IdOf(i),
                Text = TextOf(i),
                Metadata = DocumentMetadata.Of([.. MetadataOf(i).Select(pair => (pair.Key, (object?)pair.Value))]),
            };
        }
    }

    private static string IdOf(int number) => number.ToString("D7", CultureInfo.InvariantCulture);

    private static string TextOf(int number) => string.Create(CultureInfo.InvariantCulture, $"What document {number} says.");

    private static Dictionary<string, string> MetadataOf(int number)
    {
        var subject = SubjectVectors.SubjectOf(TextOf(number));
        return new(StringComparer.Ordinal)
        {
            ["half"] = Text(number % 2),
            ["twentieth"] = Text(number % 20),
            ["twohundredth"] = Text(number % 200),
            ["rare"] = Text(number % 10_000),
            ["side"] = SideOf(subject),
            ["group"] = GroupOf(subject),
            ["pair"] = PairOf(subject),
            ["few"] = Text(subject == 7 && number < Few * SubjectVectors.Subjects ? 1 : 0),
        };
    }

    private static string SideOf(int subject) => Text(subject * 2 / SubjectVectors.Subjects);

    private static string GroupOf(int subject) => Text(subject / 15);

    private static string PairOf(int subject) => Text(subject / 2);

    private static int Opposite(int subject) => (subject + (SubjectVectors.Subjects / 2)) % SubjectVectors.Subjects;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <param name="Name">What passes.</param>
    /// <param name="Key">Of the metadata.</param>
    /// <param name="Value">Asked for, from the subject of the query.</param>
    private sealed record Case(string Name, string Key, Func<int, string> Value);
}
