using System.Diagnostics;
using System.Text.Json;

namespace Tidemark.Bench.Providers;

/// <summary>Sends requests as fast as a given number under way allows, and does nothing with the answers.</summary>
internal static class BareClient
{
    private const int Warmup = 10;
    private const int Each = 100;

    /// <returns>Requests a second.</returns>
    public static async Task<double> MeasureAsync(Uri baseUrl, int concurrency, IReadOnlyList<string> texts)
    {
        using var http = new HttpClient();
        var request = JsonSerializer.SerializeToUtf8Bytes(
            new { model = "bare", encoding_format = "base64", dimensions = 64, input = texts });
        await SendAsync(Warmup);
        var started = Stopwatch.GetTimestamp();
        await SendAsync(Each);
        return Each * concurrency / Stopwatch.GetElapsedTime(started).TotalSeconds;

        Task SendAsync(int count) => Task.WhenAll(Enumerable.Range(0, concurrency).Select(async _ =>
        {
            for (var i = 0; i < count; i++)
            {
                using var content = new ByteArrayContent(request);
                using var answer = await http.PostAsync(baseUrl + "/embeddings", content);
                await answer.Content.LoadIntoBufferAsync();
            }
        }));
    }
}
