using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Hosting;
using Shouldly;
using Xunit;

namespace Tidemark.Library.Tests;

/// <summary>The samples are built with the tests; here they are started as a reader would start them.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-samples-").FullName;

    public static TheoryData<string> Samples =>
        [.. Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "samples"), "*.csproj", SearchOption.AllDirectories)
            .Select(p => Path.GetFileNameWithoutExtension(p))];

    private static string Handbook => Path.Combine(RepositoryFiles.Root, "samples/handbook");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_sample_has_a_test(string sample) =>
        typeof(SampleTests).GetMethods().ShouldContain(m => m.Name.StartsWith(sample + '_', StringComparison.Ordinal));

    [Fact]
    public async Task FirstIndex_prints_what_the_document_says_that_it_prints()
    {
        var stop = TestContext.Current.CancellationToken;
        var docs = Directory.CreateDirectory(Path.Combine(_folder, "docs")).FullName;
        await File.WriteAllTextAsync(Path.Combine(docs, "storm.md"), "# Storm\n\nDouble the lines.\n", stop);
        await File.WriteAllTextAsync(Path.Combine(docs, "gate.md"), "# The gate\n\nThe gate is closed at ten in the evening.\n", stop);
        var first = await RunAsync("FirstIndex");
        await File.WriteAllTextAsync(Path.Combine(docs, "gate.md"), "# The gate\n\nThe gate is closed at eleven in the evening.\n", stop);
        var second = await RunAsync("FirstIndex");

        var document = RepositoryFiles.Read("docs/library.md");
        document.ShouldContain($"```\n{string.Join('\n', first)}\n```\n");
        document.ShouldContain($"`{second[0]}`");
        second[1..].ShouldBe(first[1..]);
    }

    [Fact]
    public async Task QuickStart_indexes_a_folder_once_and_finds_in_it()
    {
        var first = await RunAsync("QuickStart", Handbook, "who may go onto the pontoons in a storm?");
        var second = await RunAsync("QuickStart", Handbook, "who may go onto the pontoons in a storm?");

        first[0].ShouldBe("16 new, 0 edited, 0 unchanged, 16 texts embedded");
        first[1].ShouldContain("handbook/operations/storm.md");
        first[^1].ShouldBe("in step");
        second[0].ShouldBe("0 new, 0 edited, 16 unchanged, 0 texts embedded");
        second[1..].ShouldBe(first[1..]);
    }

    [Fact]
    public async Task OwnSource_reads_only_what_changed() =>
        (await RunAsync("OwnSource")).ShouldBe(
        [
            "first: 3 new, 0 edited, 0 unchanged, 0 deleted, 3 tickets read",
            "nothing changed: 0 new, 0 edited, 3 unchanged, 0 deleted, 0 tickets read",
            "one edited, one closed: 0 new, 1 edited, 1 unchanged, 1 deleted, 1 tickets read",
            "tickets/2: # Gate code  The gate code changes every Monday.",
        ]);

    [Fact]
    public async Task RagChain_puts_what_was_found_before_the_question()
    {
        var prompt = string.Join('\n', await RunAsync("RagChain", Handbook, "what do I do about spilled fuel?"));

        prompt.ShouldStartWith("system: Answer from the passages below only");
        prompt.ShouldContain("[1] handbook/operations/fuel-spill.md");
        prompt.ShouldContain("Close the fuel dock first");
        prompt.ShouldEndWith("user: what do I do about spilled fuel?");
    }

    [Fact]
    public async Task ProductCatalogue_embeds_only_the_row_that_changed()
    {
        var lines = await RunAsync("ProductCatalogue");

        lines.ShouldBe(
        [
            "first sync: added 2, updated 0, skipped 0, deleted 0, embedded 2",
            "again: added 0, updated 0, skipped 2, deleted 0, embedded 0",
            "one price: added 0, updated 1, skipped 0, deleted 0, embedded 1",
            """found db/products/1 {"category":"Tools","price":27.49,"product_id":1}""",
        ]);
    }

    [Fact]
    public async Task WebSearch_finds_takes_notes_and_says_that_it_is_well()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var application = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting("Tidemark:Store", Path.Combine(_folder, "web.db"))
            .UseSetting("Tidemark:Folder", Handbook));
        using var client = application.CreateClient();

        await UntilAsync("the handbook was synced", async () => (await AskAsync(client, "who may go onto the pontoons in a storm?")).Contains("storm.md"));
        using var note = new StringContent("The harbour master's parrot is called Quarterdeck.");
        (await client.PutAsync(new Uri("/notes/parrot", UriKind.Relative), note, stop)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await UntilAsync("the note was indexed", async () => (await AskAsync(client, "Quarterdeck parrot")).Contains("notes/parrot"));

        (await client.GetStringAsync(new Uri("/health", UriKind.Relative), stop)).ShouldBe("Healthy");
        using var refused = await client.GetAsync(new Uri("/search?q=%20", UriKind.Relative), stop);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        static async Task<string> AskAsync(HttpClient client, string question)
        {
            using var answer = await client.GetAsync(new Uri($"/search?q={Uri.EscapeDataString(question)}", UriKind.Relative));
            return await answer.Content.ReadAsStringAsync();
        }
    }

    /// <summary>Waits for a fact, for as long as a slow machine may need.</summary>
    private static async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isSo())
        {
            limit.IsCancellationRequested.ShouldBeFalse($"it never came to be that {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }
    }

    private async Task<string[]> RunAsync(string sample, params string[] arguments)
    {
        // artifacts of the same configuration as the tests: bin/Release/net10.0
        var built = Path.GetRelativePath(Path.Combine(RepositoryFiles.Root, "test/Tidemark.Library.Tests"), AppContext.BaseDirectory);
        var start = new ProcessStartInfo(Path.Combine(RepositoryFiles.Root, "samples", sample, built, sample))
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start).ShouldNotBeNull();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, errors);
        return [.. (await output).TrimEnd().Split('\n').Select(line => line.TrimEnd())];
    }
}
