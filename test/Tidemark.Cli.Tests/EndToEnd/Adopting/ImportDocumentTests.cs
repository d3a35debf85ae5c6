using System.Text.RegularExpressions;
using Shouldly;
using Tidemark.Cli.Tests.EndToEnd.Chroma;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Adopting;

/// <summary>docs/import.md: what it shows is run, against the systems that it names.</summary>
public sealed partial class ImportDocumentTests
{
    [Fact]
    public async Task Every_command_of_the_page_does_what_it_says()
    {
        using var chroma = ChromaServer.Shared();
        await using var provider = await ProviderWorkspace.StartAsync(model: "test-model:16");
        Corpus.Create(provider.Work, files: 5);
        (await provider.Work.SyncAsync("docs", "--store", "sqlite:fresh.db")).Inputs.ShouldBeGreaterThan(5);
        var chunks = await OriginWorkspace.ChunksAsync(provider.Work, "sqlite:fresh.db");
        await using var origin = await OriginWorkspace.CreateAsync(
            OriginSchemas.LangChain + OriginSchemas.Pgai + "create table public.chunk (id text, content text, embedding vector);");
        await origin.FillAsync("langchain_pg_embedding (id, document, embedding)", "vector", chunks);
        await origin.FillAsync("\"Blog chunks\" (id, chunk, embedding)", "vector", chunks, number: "n");
        await origin.FillAsync("chunk (id, content, embedding)", "vector", chunks);
        provider.Work.Environment["DATABASE"] = origin.Url;
        provider.Work.Environment["COLLECTION"] = await ChromaOrigins.FillAsync(chroma, chunks);
        provider.Host.Forget();

        string[] commands = [.. Commands().Matches(Page()).Select(match => match.Groups["arguments"].Value)];
        commands.Length.ShouldBeGreaterThanOrEqualTo(7);
        foreach (var command in commands)
        {
            (await provider.Work.RunAsync(command.Split(' '))).ShouldExit(0);
        }

        provider.Asked.Distinct().Count().ShouldBeLessThanOrEqualTo(12, "three samples of four origins, and nothing of the sync");
        await provider.Work.VerifyCleanAsync("docs");
        await chroma.DropAsync(provider.Work.Environment["COLLECTION"]);
    }

    private static string Page() =>
        File.ReadAllText(Path.GetFullPath(Path.Combine(TidemarkProcess.Built, "..", "..", "..", "..", "..", "..", "docs", "import.md")));

    [GeneratedRegex(@"^\$ tidemark (?<arguments>.+)$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Commands();
}
