using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Api;

public sealed class BatchTests : IAsyncLifetime
{
    private RunningService _service = null!;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Records_are_taken_one_a_line_and_each_that_is_not_is_told()
    {
        using var sent = await SendAsync("{\"id\":\"a\",\"text\":\"one\"}\nnonsense\n{\"id\":\"b\",\"text\":\"two\"}\n{\"id\":\"c\",\"deleted\":true}");

        sent.StatusCode.ShouldBe(HttpStatusCode.OK);
        sent.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var lines = (await sent.TextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToList();
        lines.Count.ShouldBe(2);
        lines[0].Text("item").ShouldBe("line 2");
        lines[0].Text("code").ShouldBe("source.malformed");
        lines[1].GetProperty("end").GetProperty("failed").GetInt32().ShouldBe(1);
        await UntilAsync(async () =>
        {
            var queue = await _service.GetAsync("queue");
            return queue.GetProperty("pending").GetInt32() + queue.GetProperty("leased").GetInt32() == 0;
        });
        (await _service.GetAsync("documents")).Documents("documents").ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task How_many_that_were_not_taken_are_not_listed_is_said()
    {
        using var sent = await SendAsync(string.Concat(Enumerable.Repeat("nonsense\n", 1_500)) + "{\"id\":\"a\",\"text\":\"one\"}");

        var lines = (await sent.TextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToList();
        lines.Count.ShouldBe(1_001);
        lines[^1].GetProperty("notListed").GetInt32().ShouldBe(500);
    }

    [Fact]
    public async Task A_batch_that_breaks_off_is_not_answered_as_a_whole_one()
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(_service.Address.Host, _service.Address.Port, TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST /tidemark/api/documents HTTP/1.1\r\nHost: localhost:{_service.Address.Port}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000\r\n\r\n{{\"id\":\"a\",\"text\":\"one\"}}\n"),
            TestContext.Current.CancellationToken);
        connection.Client.Shutdown(SocketShutdown.Send);

        (await UntilTheEndAsync(stream)).ShouldNotContain("\"end\"");
    }

    [Fact]
    public async Task A_queue_that_is_full_says_when_to_come_again()
    {
        await using var full = await RunningService.StartAsync(new ServerOptions { MostWaiting = 1, CarriesOut = false });
        using var content = new StringContent("{\"id\":\"a\",\"text\":\"1\"}\n{\"id\":\"b\",\"text\":\"2\"}", Encoding.UTF8, "application/x-ndjson");

        using var sent = await full.SendAsync(HttpMethod.Post, "documents", content);

        await sent.ProblemAsync(HttpStatusCode.ServiceUnavailable, "queue.full");
        sent.Headers.RetryAfter.ShouldNotBeNull();
    }

    /// <summary>The server may also reset the connection.</summary>
    private static async Task<string> UntilTheEndAsync(NetworkStream stream)
    {
        var (answer, block) = (new StringBuilder(), new byte[4_096]);
        try
        {
            while (await stream.ReadAsync(block, TestContext.Current.CancellationToken) is > 0 and var read)
            {
                answer.Append(Encoding.UTF8.GetString(block, 0, read));
            }
        }
        catch (IOException)
        {
        }

        return answer.ToString();
    }

    private Task<HttpResponseMessage> SendAsync(string lines) =>
        _service.SendAsync(HttpMethod.Post, "documents", new StringContent(lines, Encoding.UTF8, "application/x-ndjson"));

    private static JsonElement Parse(string line)
    {
        using var parsed = JsonDocument.Parse(line);
        return parsed.RootElement.Clone();
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
