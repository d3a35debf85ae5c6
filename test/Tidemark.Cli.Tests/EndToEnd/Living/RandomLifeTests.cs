using System.Globalization;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Living;

/// <summary>
/// Whatever is done to a namespace in whatever order, killed or not, it holds what a model of it holds, now and as of every former moment.
/// <c>TIDEMARK_STEPS</c> and <c>TIDEMARK_SEED</c> make lives longer and other ones; <c>eng/random-lives</c> runs many.
/// </summary>
public sealed class RandomLifeTests
{
    private static readonly int Steps = TestNumber.Of("TIDEMARK_STEPS", 25);

    private static readonly int Seed = TestNumber.Of("TIDEMARK_SEED", Environment.ProcessId);

    [Fact]
    public async Task In_a_file_a_namespace_holds_what_it_should_and_remembers_what_it_held()
    {
        using var work = new Workspace();
        await LiveAsync(work);
    }

    [Fact]
    public async Task In_a_server_a_namespace_holds_what_it_should_and_remembers_what_it_held()
    {
        await using var server = new ServerWorkspace();
        await LiveAsync(server.Files);
    }

    private static async Task LiveAsync(Workspace work)
    {
        var random = new Random(Seed);
        var life = new RandomLife(work, Seed);
        await life.BeginAsync();
        for (var step = 0; step < Steps; step++)
        {
            try
            {
                await life.StepAsync();
                await ShouldHoldAsync(work, life.Expected, random);
                await ShouldRememberAsync(work, life.Expected, random);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {Seed}, step {step}:{life.Done}: {e.Message}", e);
            }
        }
    }

    private static async Task ShouldHoldAsync(Workspace work, ExpectedIndex expected, Random random)
    {
        await work.VerifyCleanAsync();
        var held = await ExportAsync(work);
        var now = DateTimeOffset.UtcNow;
        ShouldBe(held, expected.At(now), document => expected.IsEnding(document, now));
        await ShouldFindAsync(work, expected.At(now), document => expected.IsEnding(document, now), random);
        expected.Remember(now);
    }

    private static async Task ShouldRememberAsync(Workspace work, ExpectedIndex expected, Random random)
    {
        if (random.Next(2) == 0 && expected.Remembered(random) is var (at, documents))
        {
            var moment = at.ToString("O", CultureInfo.InvariantCulture);
            ShouldBe(await ExportAsync(work, "--as-of", moment), documents, expected.OnceForgotten.Contains);
            await ShouldFindAsync(work, documents, expected.OnceForgotten.Contains, random, "--as-of", moment);
        }
    }

    /// <summary>A mark of a document is found in it, and nothing is found that was not there.</summary>
    private static async Task ShouldFindAsync(
        Workspace work, Dictionary<string, string[]> documents, Func<string, bool> isOpen, Random random, params string[] options)
    {
        var (document, marks) = documents.Where(one => !isOpen(one.Key) && one.Value.Length > 0).OrderBy(one => one.Key, StringComparer.Ordinal)
            .ElementAtOrDefault(random.Next(documents.Count + 1));
        if (document is null)
        {
            return;
        }

        var mark = marks[random.Next(marks.Length)];
        string mode = random.Next(2) == 0 ? "keyword" : "hybrid";
        var answer = (await work.RunAsync(["search", mark, "--mode", mode, "--json", .. options])).ShouldExit(0).Json;
        var hits = answer["hits"]!.AsArray().Select(hit => (Document: (string)hit!["document"]!, Marks: Marks.Of((string)hit["text"]!))).ToArray();
        hits.ShouldContain(hit => hit.Document == document && hit.Marks.Contains(mark), $"{mark} of {document}, {mode}");
        foreach (var hit in hits.Where(hit => !isOpen(hit.Document)))
        {
            hit.Marks.Except(documents.GetValueOrDefault(hit.Document, []), StringComparer.Ordinal).ShouldBeEmpty($"of {hit.Document}");
        }
    }

    private static async Task<Dictionary<string, string[]>> ExportAsync(Workspace work, params string[] options) =>
        Marks.OfExport((await work.RunAsync(["export", .. options])).ShouldExit(0).JsonLines.Cast<JsonNode>());

    private static void ShouldBe(Dictionary<string, string[]> held, Dictionary<string, string[]> expected, Func<string, bool> isOpen) =>
        Lines(held, isOpen).ShouldBe(Lines(expected, isOpen));

    private static string[] Lines(Dictionary<string, string[]> documents, Func<string, bool> isOpen) =>
    [
        .. documents.Where(document => !isOpen(document.Key)).Select(document => $"{document.Key}: {string.Join(' ', document.Value)}")
            .Order(StringComparer.Ordinal),
    ];
}
