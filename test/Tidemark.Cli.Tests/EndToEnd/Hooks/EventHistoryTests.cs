using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.Embedding;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Hooks;

/// <summary>
/// Ten thousand events of four hundred documents, shuffled, each sent twice by several senders, with the service killed in between: they end
/// as the ordered run of each once, and no text is paid for twice but what was under way at a kill.
/// </summary>
public sealed class EventHistoryTests : IDisposable
{
    private const int Documents = 400, Versions = 25, BatchSize = 50, Senders = 3;
    private const int EmbeddingConcurrency = 2, EmbeddingBatch = 20;

    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly HttpClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 4)]
    [InlineData(true, 4)]
    public async Task Shuffled_doubled_and_with_kills_they_end_as_the_ordered_run(bool onServer, int kills)
    {
        await using var server = onServer ? new ServerWorkspace() : null;
        await using var provider = await ProviderWorkspace.StartAsync();
        var work = provider.Work;
        Configure(work, server);
        var waiting = new ConcurrentQueue<(string Id, string Body)>(Shuffled());
        var total = waiting.Count;

        for (var phase = 0; phase <= kills; phase++)
        {
            using var service = await ServedIndex.StartAsync(work);
            var until = total * (kills - phase) / (kills + 1);
            var senders = Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendAsync(service, waiting), Token)).ToArray();
            if (phase < kills)
            {
                await Awaiting.FactAsync("so many were sent", () => waiting.Count <= until);
                service.Process.Kill();
                await Task.WhenAll(senders);
                continue;
            }

            await Task.WhenAll(senders);
            waiting.ShouldBeEmpty();
            await Awaiting.FactAsync("the queue is empty", async () =>
            {
                var queue = JsonNode.Parse(await _client.GetStringAsync($"{service.Api}/queue", Token))!;
                queue["deadLetters"]!.AsArray().ShouldBeEmpty();
                return (long)queue["pending"]! == 0 && (long)queue["leased"]! == 0;
            });
            await service.StopAsync();
        }

        // What is under way at a kill may be paid for again, by whoever takes it up; nothing else is.
        var again = provider.Host.Paid.Where(paid => paid.Key != CanaryInput.Text).Sum(paid => paid.Value - 1);
        again.ShouldBeLessThanOrEqualTo(kills * 2 * EmbeddingConcurrency * EmbeddingBatch);
        var export = await work.ExportAsync();
        await work.VerifyCleanAsync();
        export.ShouldBe(await OrderedAsync());
        work.Documents(export).Count.ShouldBe(Enumerable.Range(0, Documents).Count(document => !IsDelete(document, Versions)));
    }

    private static void Configure(Workspace work, ServerWorkspace? server)
    {
        work.Environment["TIDEMARK_TRUST"] = "1";
        work.Environment["EVENTS_SECRET"] = "whsec_" + Convert.ToBase64String(Key);
        work.Environment["TIDEMARK__EMBEDDING__CONCURRENCY"] = EmbeddingConcurrency.ToString(CultureInfo.InvariantCulture);
        work.Environment["TIDEMARK__EMBEDDING__BATCHSIZE"] = EmbeddingBatch.ToString(CultureInfo.InvariantCulture);
        work.Environment["TIDEMARK__QUEUE__VISIBILITYSECONDS"] = "5";
        if (server is not null)
        {
            work.Environment["TIDEMARK__STORE"] = server.Url;
        }

        work.Write("tidemark.json", """
            { "hooks": { "events": {
              "format": "cloudevents", "signature": "standard", "secretVariables": ["EVENTS_SECRET"],
              "upsert": ["put"], "delete": ["gone"], "id": "/subject", "text": "/data/text", "metadata": ["v=/data/v"], "version": "/data/v"
            } } }
            """);
    }

    /// <summary>Until nothing waits, or the service is gone; what got no answer waits again.</summary>
    private async Task SendAsync(ServedIndex service, ConcurrentQueue<(string Id, string Body)> waiting)
    {
        while (waiting.TryDequeue(out var batch))
        {
            try
            {
                using var request = Signed(service, batch);
                using var response = await _client.SendAsync(request, Token);
                if (!response.IsSuccessStatusCode)
                {
                    ((int)response.StatusCode).ShouldBe(503, await response.Content.ReadAsStringAsync(Token));
                    waiting.Enqueue(batch);
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                waiting.Enqueue(batch);
                return;
            }
        }
    }

    private static HttpRequestMessage Signed(ServedIndex service, (string Id, string Body) batch)
    {
        var seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes($"{batch.Id}.{seconds}.{batch.Body}"));
        var request = new HttpRequestMessage(HttpMethod.Post, $"{service.Api}/hooks/events") { Content = new StringContent(batch.Body, Encoding.UTF8, "application/cloudevents-batch+json") };
        request.Headers.Add("webhook-id", batch.Id);
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(signature));
        return request;
    }

    private static IEnumerable<(string Id, string Body)> Shuffled()
    {
        (int Document, int Version)[] events =
            [.. Enumerable.Range(0, Documents).SelectMany(document => Enumerable.Range(1, Versions).Select(version => (document, version))).SelectMany(one => new[] { one, one })];
        new Random(20_000).Shuffle(events);
        return events.Chunk(BatchSize).Select((chunk, i) => ($"msg_{i}", $"[{string.Join(',', chunk.Select(one => EventOf(one.Document, one.Version)))}]"));
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
