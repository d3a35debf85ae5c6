using Shouldly;
using Tidemark.Cli.Tests.EndToEnd.Chroma;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Adopting;

/// <summary>A collection of Chroma.</summary>
public sealed class ImportChromaTests : ImportOriginSuite
{
    [Fact]
    public async Task A_collection_that_is_not_there_is_told()
    {
        using var server = ChromaServer.Shared();
        using var work = new Workspace();

        (await work.RunAsync("import", "--from", "chroma", server.NewCollection(), "--json")).ShouldFail(2, ErrorCodes.SourceMissing);
    }

    private protected override Task<ImportOrigin> MakeAsync() => Task.FromResult<ImportOrigin>(new ChromaImportOrigin());
}
