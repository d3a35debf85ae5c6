using System.Globalization;
using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.Embedding;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Messages;

/// <summary>
/// Eight thousand messages of four hundred documents, shuffled and each published twice, with the service killed while it takes them: they end as the
/// ordered run of each once, and no text is paid for twice but what was under way at a kill.
/// </summary>
public sealed class RabbitHistoryTests : IDisposable
{
    private const int Documents = 400, Versions = 10;
    private const int EmbeddingConcurrency = 2, EmbeddingBatch = 20;

    private readonly HttpClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 4)]
    [InlineData(true, 4)]
    public async Task Shuffled_doubled_and_with_kills_they_end_as_the_ordered_run(bool onServer, int kills)
    {
        await using var broker = await RabbitBroker.OpenAsync();
        await using var server = onServer ? new ServerWorkspace() : null;
        await using var provider = await ProviderWorkspace.StartAsync();
        var work = provider.Work;
        Configure(work, broker, server);
        var bodies = Shuffled();
        await broker.PublishAsync(bodies, properties => properties.ContentType = "application/cloudevents+json");

        for (var kill = 0; kill < kills; kill++)
        {
            using var service = await ServedIndex.StartAsync(work);
            var until = bodies.Count * (kills - kill) / (kills + 1);
            await Awaiting.FactAsync("so many were taken", async () => await broker.ReadyAsync() <= until);
            service.Process.Kill();
        }

        using (var last = await ServedIndex.StartAsync(work))
        {
            await Awaiting.FactAsync("all were taken", broker.IsEmptyAsync);
            await Awaiting.FactAsync("the queue is empty", async () =>
            {
                var queue = JsonNode.Parse(await _client.GetStringAsync($"{last.Api}/queue", Token))!;
                queue["deadLetters"]!.AsArray().ShouldBeEmpty();
                return (long)queue["pending"]! == 0 && (long)queue["leased"]! == 0;
            });
            await last.StopAsync();
        }

        (await broker.ReadyAsync()).ShouldBe(0U, "what was taken was acknowledged");
        var again = provider.Host.Paid.Where(paid => paid.Key != CanaryInput.Text).Sum(paid => paid.Value - 1);
        again.ShouldBeLessThanOrEqualTo(kills * 2 * EmbeddingConcurrency * EmbeddingBatch);
        var export = await work.ExportAsync();
        await work.VerifyCleanAsync();
        export.ShouldBe(await OrderedAsync());
        work.Documents(export).Count.ShouldBe(Enumerable.Range(0, Documents).Count(document => !IsDelete(document, Versions)));
    }

    private static void Configure(Workspace work, RabbitBroker broker, ServerWorkspace? server)
    {
        work.Environment["TIDEMARK_TRUST"] = "1";
        work.Environment["AMQP_URL"] = broker.Url;
        work.Environment["TIDEMARK__EMBEDDING__CONCURRENCY"] = EmbeddingConcurrency.ToString(CultureInfo.InvariantCulture);
        work.Environment["TIDEMARK__EMBEDDING__BATCHSIZE"] = EmbeddingBatch.ToString(CultureInfo.InvariantCulture);
        work.Environment["TIDEMARK__QUEUE__VISIBILITYSECONDS"] = "5";
        if (server is not null)
        {
            work.Environment["TIDEMARK__STORE"] = server.Url;
        }

        work.Write("tidemark.json", $$"""
            { "hooks": { "events": {
              "rabbitmq": "env:AMQP_URL", "queue": "{{broker.Queue}}", "format": "cloudevents",
              "upsert": ["put"], "delete": ["gone"], "id": "/subject", "text": "/data/text", "metadata": ["v=/data/v"], "version": "/data/v"
            } } }
            """);
    }

    private static List<string> Shuffled()
    {
        (int Document, int Version)[] events =
            [.. Enumerable.Range(0, Documents).SelectMany(document => Enumerable.Range(1, Versions).Select(version => (document, version))).SelectMany(one => new[] { one, one })];
        new Random(20_000).Shuffle(events);
        return [.. events.Select(one => EventOf(one.Document, one.Version))];
    }

    private static string EventOf(int document, int version) => IsDelete(document, version)
        ? $$$"""{"specversion":"1.0","id":"{{{document}}}-{{{version}}}","source":"/test","type":"gone","subject":"d{{{document:000}}}","data":{"v":{{{version}}}}}"""
        : $$$"""{"specversion":"1.0","id":"{{{document}}}-{{{version}}}","source":"/test","type":"put","subject":"d{{{document:000}}}","data":{"v":{{{version}}},"text":"{{{TextOf(document, version)}}}"}}""";

    private static string TextOf(int document, int version) => $"Document {document} as it was in its state {version}.";

    private static bool IsDelete(int document, int version) => (document * 31 + version * 17) % 7 == 0;

    /// <summary>Each once, in order, by another way: lines into the queue, and a worker.</summary>
    private static async Task<string> OrderedAsync()
    {
        using var work = new Workspace();
        work.WriteLines("events.jsonl", Enumerable.Range(1, Versions).SelectMany(version => Enumerable.Range(0, Documents).Select(document => IsDelete(document, version)
            ? $$$"""{"id":"d{{{document:000}}}","deleted":true,"version":{{{version}}}}"""
            : $$$"""{"id":"d{{{document:000}}}","text":"{{{TextOf(document, version)}}}","metadata":{"v":{{{version}}}},"version":{{{version}}}}""")));
        (await work.RunAsync("enqueue", "events.jsonl", "--source-name", "events")).ShouldExit(0);
        (await work.RunAsync("worker", "--until-empty")).ShouldExit(0);
        return await work.ExportAsync();
    }
}
