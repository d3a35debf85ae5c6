using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Serving;

/// <summary>Servers that are stopped and started while they are used: whoever asks does not notice, and what was taken is not lost.</summary>
public sealed class RestartTests
{
    private const int Callers = 4;
    private const int Restarts = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_servers_of_one_database_are_restarted_one_after_the_other_and_no_request_fails()
    {
        await using var work = new ServerWorkspace();
        work.Files.Environment["TIDEMARK__SERVER__GRACESECONDS"] = "1";
        await using var balancer = new TcpBalancer();
        ServedIndex[] servers = [await ServedIndex.StartAsync(work.Files), await ServedIndex.StartAsync(work.Files)];
        balancer.Set(0, servers[0].Address);
        balancer.Set(1, servers[1].Address);
        await using var load = new RequestLoad(balancer.Address, Callers);
        await load.GoOnAsync(50);

        for (var restart = 0; restart < Restarts; restart++)
        {
            var place = restart % servers.Length;
            using (var former = servers[place])
            {
                await former.StopAsync();
            }

            servers[place] = await ServedIndex.StartAsync(work.Files);
            balancer.Set(place, servers[place].Address);
            await Awaiting.FactAsync("it is ready", () => balancer.IsReady(place));
            await load.GoOnAsync(50);
        }

        await load.EndAsync();
        load.Failures.ShouldBeEmpty();
        await AllAreThereAsync(servers[0].Api, load.Written);
        foreach (var server in servers)
        {
            await server.StopAsync();
            server.Dispose();
        }

        await work.Files.VerifyCleanAsync();
    }

    [Fact]
    public async Task A_server_whose_socket_is_held_by_a_supervisor_is_restarted_and_no_request_fails()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sockets are passed on by systemd");
        using var work = new Workspace();
        using var socket = new HeldSocket();
        var server = socket.Start(work);
        await using var load = new RequestLoad(socket.Address, Callers);
        await load.GoOnAsync(50);

        for (var restart = 0; restart < Restarts; restart++)
        {
            server.Signal("-TERM");
            (await server.FinishAsync()).ShouldExit(0);
            server.Dispose();
            server = socket.Start(work);
            await load.GoOnAsync(50);
        }

        await load.EndAsync();
        load.Failures.ShouldBeEmpty();
        await AllAreThereAsync($"{socket.Address}/api", load.Written);
        server.Signal("-TERM");
        (await server.FinishAsync()).ShouldExit(0);
        server.Dispose();
        await work.VerifyCleanAsync();
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_is_not_ready_and_answers_until_its_grace_is_over()
    {
        using var work = new Workspace();
        work.Environment["TIDEMARK__SERVER__GRACESECONDS"] = "60";
        using var service = await ServedIndex.StartAsync(work);
        using var client = new HttpClient();

        service.Process.Signal("-TERM");
        await Awaiting.FactAsync("it is not ready", async () => (await client.GetAsync($"{service.Address}/health/ready", Token)).StatusCode == HttpStatusCode.ServiceUnavailable);

        using var answer = await client.GetAsync($"{service.Api}/namespaces", Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.ConnectionClose.ShouldBe(true);
        service.Process.Signal("-TERM"); // who does not want to wait says it twice
        var asked = Stopwatch.StartNew();
        (await service.Process.FinishAsync()).ShouldExit(0);
        asked.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_batch_that_comes_slowly_does_not_keep_a_server_from_stopping_within_ten_seconds()
    {
        using var work = new Workspace();
        string answer;
        using (var service = await ServedIndex.StartAsync(work))
        {
            var address = new Uri(service.Address);
            using var sender = new TcpClient();
            await sender.ConnectAsync(address.Host, address.Port, Token);
            await using var stream = sender.GetStream();
            await SendAsync(stream, $"POST /api/documents HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 10000000\r\n\r\n");
            await SendAsync(stream, string.Concat(Enumerable.Range(0, 1_500).Select(i => $$"""{"id":"d{{i}}","text":"Number {{i}}. {{new string('x', 400)}}"}""" + "\n")));
            using var client = new HttpClient();
            await Awaiting.FactAsync("a thousand are taken", async () =>
            {
                using var found = await client.GetAsync($"{service.Api}/documents/d0", Token);
                return found.IsSuccessStatusCode;
            });

            service.Process.Signal("-TERM");
            var asked = Stopwatch.StartNew();
            using var trickle = new CancellationTokenSource();
            var trickling = TrickleAsync(stream, trickle.Token);
            var bytes = new byte[16_384];
            answer = Encoding.UTF8.GetString(bytes, 0, await stream.ReadAsync(bytes, Token));
            await trickle.CancelAsync();
            await trickling;
            (await service.Process.FinishAsync()).ShouldExit(0);
            asked.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        }

        answer.ShouldStartWith("HTTP/1.1 503");
        answer.ShouldContain("\"code\":\"cancelled\"");
        using var successor = await ServedIndex.StartAsync(work);
        await AllAreThereAsync(successor.Api, 1_000);
        await successor.StopAsync();
        await work.VerifyCleanAsync();
    }

    /// <summary>As fast as a sender has to be that is not cut off for its slowness.</summary>
    private static async Task TrickleAsync(NetworkStream stream, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await SendAsync(stream, $$"""{"id":"late","text":"{{new string('x', 500)}}"}""" + "\n");
                await Task.Delay(TimeSpan.FromMilliseconds(200), ended);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The server has gone.
        }
    }

    private static async Task SendAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), Token);

    private static async Task AllAreThereAsync(string api, int documents)
    {
        using var client = new HttpClient();
        JsonNode? status = null;
        await Awaiting.FactAsync("everything that was taken is in the index", async () =>
        {
            status = JsonNode.Parse(await client.GetStringAsync($"{api}/status", Token))!;
            return (long)status["queue"]!["pending"]! + (long)status["queue"]!["leased"]! == 0 && (long)status["documents"]! >= documents;
        });
        ((long)status!["documents"]!).ShouldBe(documents);
    }
}
