using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tidemark.Bench.Serving;

/// <summary>Changes that come at a steady rate, whether or not those before were answered; each answer says that its change can be found.</summary>
internal static class PacedChanges
{
    /// <returns>Milliseconds from a change to its answer, in ascending order.</returns>
    /// <exception cref="InvalidOperationException">One was not carried out in time.</exception>
    public static async Task<IReadOnlyList<double>> SendAsync(string address, int perSecond, TimeSpan duration)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(120) };
        var took = new ConcurrentQueue<double>();
        var sent = new List<Task>();
        var watch = Stopwatch.StartNew();
        for (var i = 0; watch.Elapsed < duration; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond) - watch.Elapsed;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            sent.Add(ChangeAsync(client, i, took));
        }

        await Task.WhenAll(sent);
        return [.. took.Order()];
    }

    private static async Task ChangeAsync(HttpClient client, int number, ConcurrentQueue<double> took)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"Change {number}: the lamps of berth {number % 97} burn all night.");
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/documents/change/{number % 5_000}") { Content = new StringContent(text, Encoding.UTF8, "text/plain") };
        request.Headers.Add("Prefer", "wait=60");
        var started = Stopwatch.GetTimestamp();
        using var response = await client.SendAsync(request);
        if (response.StatusCode != System.Net.HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"change {number} was answered by {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }

        took.Enqueue(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
