namespace Tidemark.Cli.Tests.EndToEnd.Adopting;

/// <summary>A collection of LangChain.</summary>
public sealed class ImportLangChainTests : ImportOriginSuite
{
    private protected override Task<ImportOrigin> MakeAsync() => TableImportOrigin.LangChainAsync();
}
