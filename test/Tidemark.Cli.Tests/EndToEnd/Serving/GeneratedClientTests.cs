using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.Cli.Tests.EndToEnd.Mcp;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Serving;

/// <summary>A client whose types somebody else's generator makes of the description that the service gives of itself.</summary>
public sealed class GeneratedClientTests : IDisposable
{
    private readonly Workspace _work = new();
    private readonly HttpClient _client = new();

    public GeneratedClientTests() =>
        _work.Write("tidemark.json", """{ "sources": ["docs"] }""").Write("docs/a.md", "# A\n\nThe lamps burn all night.\n").Write("docs/b.md", "# B\n\nBerths.\n");

    public void Dispose()
    {
        _client.Dispose();
        _work.Dispose();
    }

    [Fact]
    public async Task It_syncs_puts_searches_lists_and_deletes()
    {
        using var service = await ServedIndex.StartAsync(_work);
        await GenerateAsync(service);

        (await CompileAsync()).ShouldExit(0);
        using var run = ForeignClients.Start(_work, _work.PathOf("client/made/client.js"), service.Api);

        var told = JsonNode.Parse((await run.FinishAsync()).ShouldExit(0).Output)!;
        ((int)told["added"]!).ShouldBe(2);
        ((string)told["state"]!).ShouldBe("done");
        told["hits"]!.AsArray().Select(hit => (string)hit!).ShouldBe(["guide/ropes é.md"]);
        ((bool)told["isScored"]!).ShouldBeTrue();
        told["documents"]!.AsArray().Select(document => (string)document!).ShouldBe(["docs/a.md", "docs/b.md", "guide/ropes é.md"]);
        ((string)told["text"]!).ShouldBe("Ropes of ten metres.");
        ((string)told["deleted"]!).ShouldBe("done");
        ((string)told["missing"]!).ShouldBe("document.missing");
        ((string)told["remedy"]!).ShouldNotBeEmpty();
        await service.StopAsync();
    }

    [Theory]
    [InlineData("query: \"ropes\"", "question: \"ropes\"")]
    [InlineData("\"keyword\"", "\"magic\"")]
    [InlineData("hit.score", "hit.points")]
    [InlineData("version: 3", "version: \"three\"")]
    [InlineData("\"/search\"", "\"/seek\"")]
    public async Task What_the_service_does_not_have_does_not_compile(string right, string wrong)
    {
        using var service = await ServedIndex.StartAsync(_work);
        await GenerateAsync(service);
        _work.Edit("client/client.ts", right, wrong);

        (await CompileAsync()).ExitCode.ShouldNotBe(0);
    }

    private async Task GenerateAsync(ServedIndex service)
    {
        var packages = ForeignClients.Packages;
        _work.Write("client/openapi.json", await _client.GetStringAsync($"{service.Api}/openapi.json", TestContext.Current.CancellationToken))
            .Write("client/package.json", """{ "type": "module" }""");
        foreach (var file in new[] { "client.ts", "tsconfig.json" })
        {
            File.Copy(Path.Combine(ForeignClients.Scripts, "api", file), _work.PathOf($"client/{file}"));
        }

        Directory.CreateSymbolicLink(_work.PathOf("client/node_modules"), packages);
        using var generator = ForeignClients.Start(_work, "node_modules/openapi-typescript/bin/cli.js", "client/openapi.json", "-o", "client/schema.ts");
        (await generator.FinishAsync()).ShouldExit(0);
    }

    private async Task<ProcessResult> CompileAsync()
    {
        using var compiler = ForeignClients.Start(_work, "node_modules/typescript/bin/tsc", "-p", "client");
        return await compiler.FinishAsync();
    }
}
