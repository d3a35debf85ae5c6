namespace Tidemark.Cli.Tests.EndToEnd.Adopting;

/// <summary>Any table.</summary>
public sealed class ImportTableTests : ImportOriginSuite
{
    private protected override Task<ImportOrigin> MakeAsync() => TableImportOrigin.TableAsync();
}
