using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Searching;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Asks the index.</summary>
internal static class SearchCommand
{
    public const string Name = "search";

    public static TidemarkCommand Build(CommandHost host)
    {
        var query = new Argument<string[]>("QUERY")
        {
            Description = "What to look for; any text is safe",
            Arity = ArgumentArity.OneOrMore,
        };
        var limit = new NumberOption("-k", "N", 10, (1, 10_000)) { Description = "How many chunks [default: 10]" };
        var mode = new Option<string>("--mode")
        {
            HelpName = "MODE",
            Description = "hybrid, vector or keyword [default: hybrid]",
        };
        mode.CompletionSources.Add([.. SearchModeText.Names]);
        var filter = new Option<string[]>("--filter")
        {
            HelpName = "CONDITION",
            Description = "Only documents with such metadata; repeatable: all must hold; key=value, key=a,b (any of), key=\"a, b\" "
                + "(quoted: as it is), key!=value, key>=1, <=, <, >, key=null, key? (is there), !key? (is not there)",
        };
        var path = new Option<string>("--path")
        {
            HelpName = "PREFIX",
            Description = "Only this document and those below it: docs/guide; every id that begins so: 'docs/gui*'",
        };
        var source = new Option<string>("--source") { HelpName = "NAME", Description = "Only documents of this source" };
        var asOf = new AsOfOption();
        var archived = new Option<bool>("--include-archived")
        {
            Description = "Also what was deleted or has expired and can be brought back ('archive list'); hits say so",
        };
        var command = new TidemarkCommand(
            Name,
            "Finds the chunks that answer a query, best first.",
            "tidemark search \"how do I install it\"",
            "tidemark search rope -k 3 --mode vector",
            "tidemark search price --filter lang=en,de --filter 'year>=2020' --json",
            "tidemark search rope --filter 'author=\"Doe, Jane\"' --path docs/guide",
            "tidemark search rope --as-of 2026-11-28",
            "tidemark search rope --include-archived",
            "tidemark search -- --force")
        {
            query, limit, mode, filter, path, source, asOf, archived,
        };
        return command.Handle(host, (context, cancellationToken) => RunAsync(
            context,
            string.Join(' ', context.Parsed.GetValue(query)!),
            new SearchOptions
            {
                Limit = limit.Of(context.Parsed),
                Mode = SearchModeText.Parse(InputName.Flag(mode.Name), context.Parsed.GetValue(mode)),
                Filter = FilterText.Parse(
                    context.Parsed.GetValue(filter) ?? [],
                    (InputName.Flag(path.Name), context.Parsed.GetValue(path)),
                    (InputName.Flag(source.Name), context.Parsed.GetValue(source))),
                AsOf = asOf.Of(context.Parsed),
                IncludeArchived = context.Parsed.GetValue(archived),
            },
            cancellationToken));
    }

    private static async Task<int> RunAsync(
        CommandContext context, string query, SearchOptions request, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        await Namespaces.RequireIndexAsync(index, context.AskedIndex, cancellationToken);
        var result = await index.SearchAsync(query, request, cancellationToken);
        context.Output.Write(
            json => SearchResultJson.Write(json, result), () => SearchView.Of(result, request.Mode, context.Output.Screen));
        context.Output.Complain(SearchView.Warnings(result));
        return ExitCodes.Done;
    }
}
