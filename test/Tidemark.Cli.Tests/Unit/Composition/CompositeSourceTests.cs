using Shouldly;
using Tidemark.Composition;
using Tidemark.Documents;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Composition;

public sealed class CompositeSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-unit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Several_files_are_listed_as_one_source_and_told_apart_by_name()
    {
        var source = new CompositeSource(
            "jsonl", [Part("a.jsonl", """{"id":"1","text":"x"}"""), Part("b.jsonl", "{broken")]);
        var items = new List<string>();
        var failures = new List<string>();

        await foreach (var page in source.ListAsync(TestContext.Current.CancellationToken))
        {
            using (page)
            {
                for (var i = 0; i < page.Items.Length; i++)
                {
                    items.Add(page.Describe(i));
                }

                failures.AddRange(page.Failures.Select(f => f.Item));
            }
        }

        source.DefaultCleanup.ShouldBe(CleanupMode.Incremental);
        source.Size!.Bytes.ShouldBe(new FileInfo(PathOf("a.jsonl")).Length + new FileInfo(PathOf("b.jsonl")).Length);
        items.Concat(failures).ShouldBe(["a.jsonl, line 1", "b.jsonl, line 1"]);
    }

    private (string, IDocumentSource) Part(string name, string text)
    {
        File.WriteAllText(PathOf(name), text + "\n");
        return (name, new JsonLinesSource(PathOf(name), new JsonLinesOptions()));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
