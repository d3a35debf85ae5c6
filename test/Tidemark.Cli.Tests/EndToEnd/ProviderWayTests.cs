using System.IO.Compression;
using System.Text;
using Shouldly;
using Tidemark.Embedding;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>The way to a provider: keys, proxies, ports, and answers that are no answers.</summary>
public sealed class ProviderWayTests
{
    private const string Password = "hunter2-proxy";

    [Theory]
    [InlineData("sk-1\r\nX-Evil: yes")]
    [InlineData("sk-1\u0007x")]
    [InlineData("sk-\u0107")]
    public async Task A_key_that_cannot_be_a_header_is_a_mistake_of_the_configuration(string key)
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Lines(3).Work.Environment["OPENAI_API_KEY"] = key;

        var result = await provider.Work.RunAsync("sync", "lines.jsonl", "--json");

        var error = result.ShouldFail(2, ErrorCodes.ConfigurationInvalid);
        ((string)error["message"]!).ShouldContain("OPENAI_API_KEY");
        (result.Output + result.Errors).ShouldNotContain("sk-");
        provider.Host.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_for_Chroma_that_cannot_be_a_header_is_one_too()
    {
        using var work = new Workspace();
        work.Write("docs/a.md", "# A\n\nText.\n").Environment["CHROMA_TOKEN"] = "secret\r\nX-Evil: yes";

        var result = await work.RunAsync("sync", "docs", "--index", "chroma:http://127.0.0.1:1/handbook", "--json");

        ((string)result.ShouldFail(2, ErrorCodes.ConfigurationInvalid)["message"]!).ShouldContain("CHROMA_TOKEN");
        (result.Output + result.Errors).ShouldNotContain("secret");
    }

    [Theory]
    [InlineData($"htp://u:{Password}@proxy:3128")]
    [InlineData($"http://u:{Password}@proxy:port")]
    [InlineData($"http://u:{Password}@")]
    public async Task A_proxy_that_cannot_be_read_is_not_passed_by(string proxy)
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Lines(3).Work.Environment["HTTP_PROXY"] = proxy;

        var result = await provider.RunAsync("sync", "lines.jsonl", "--json");

        ((string)result.ShouldFail(2, ErrorCodes.ConfigurationInvalid)["message"]!).ShouldContain("'HTTP_PROXY'");
        (result.Output + result.Errors).ShouldNotContain(Password);
        provider.Host.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dead_proxy_is_named_without_its_password_and_one_that_is_not_for_the_host_is_not_asked()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Lines(3).Work.Environment["HTTP_PROXY"] = $"http://user:{Password}@127.0.0.1:1";
        provider.Work.Environment["TIDEMARK__EMBEDDING__PATIENCESECONDS"] = "1";

        var result = await provider.RunAsync("sync", "lines.jsonl", "--json", "--verbose");

        var error = result.ShouldFail(1, ErrorCodes.EmbeddingUnavailable);
        ((string)error["message"]!).ShouldContain("the proxy 'http://127.0.0.1:1' of 'HTTP_PROXY'");
        (result.Output + result.Errors).ShouldNotContain(Password);
        provider.Work.Environment["NO_PROXY"] = "127.0.0.1";
        (await provider.SyncAsync()).ShouldEmbed(3);
    }

    [Fact]
    public async Task Https_to_a_port_that_speaks_plain_http_says_so()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Lines(3).Work.Environment["OPENAI_BASE_URL"] =
            provider.Host.BaseUrl.ToString().Replace("http:", "https:", StringComparison.Ordinal);

        var error = (await provider.RunAsync("sync", "lines.jsonl", "--json")).ShouldFail(1, ErrorCodes.EmbeddingEndpoint);

        ((string)error["message"]!).ShouldContain("does not speak TLS");
        ((string)error["message"]!).ShouldNotContain("certificate");
        ((string)error["remedy"]!).ShouldContain("http://");
    }

    [Fact]
    public async Task The_question_for_a_models_dimensions_is_asked_again_after_a_moment()
    {
        await using var provider = await ProviderWorkspace.StartAsync(model: "model-of-unknown-size");
        provider.Host.Reply = request => request.Number == 0 ? ProviderReply.Error(503) : ProviderReply.Good;

        (await provider.Lines(3).SyncAsync()).ShouldEmbed(3);

        (await provider.CountRightVectorsAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task A_packed_answer_that_grows_to_gigabytes_costs_neither_memory_nor_the_store()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        await provider.Lines(3).SyncAsync();
        var bomb = Bomb();
        provider.Host.Reply = _ => new ProviderReply.Raw(200, bomb, ("Content-Encoding", "gzip"));

        using var process = provider.Lines(6).Work.Start("sync", "lines.jsonl", "--json");
        var most = 0L;
        while (!process.HasExited)
        {
            most = Math.Max(most, process.ResidentBytes());
            await Task.Delay(20, CancellationToken.None);
        }

        (await process.FinishAsync()).ShouldFail(1, ErrorCodes.EmbeddingInvalid);
        most.ShouldBeLessThan(600L << 20);
        provider.Host.Reply = _ => ProviderReply.Good;
        (await provider.SyncAsync()).ShouldEmbed(3);
        (await provider.CountRightVectorsAsync()).ShouldBe(6);
    }

    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var pack = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var block = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
            for (var i = 0; i < 4096; i++)
            {
                pack.Write(block);
            }
        }

        return packed.ToArray();
    }
}
