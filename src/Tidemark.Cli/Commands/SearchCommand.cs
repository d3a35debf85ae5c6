using System.CommandLine;
using Tidemark.Cli.Composition;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;
using Tidemark.Indexing;
using Tidemark.Searching;

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
        mode.CompletionSources.Add("hybrid", "vector", "keyword");
        var filter = new Option<string[]>("--filter")
        {
            HelpName = "KEY=VALUE",
            Description = "Only chunks with this metadata; repeatable: all must hold; key=a,b: any of them",
        };
        var command = new TidemarkCommand(
            Name,
            "Finds the chunks that answer a query, best first.",
            "tidemark search \"how do I install it\"",
            "tidemark search rope -k 3 --mode vector",
            "tidemark search price --filter lang=en,de --filter status=public --json",
            "tidemark search -- --force")
        {
            query, limit, mode, filter,
        };
        return command.Handle(host, (context, cancellationToken) => RunAsync(
            context,
            new SearchRequest
            {
                Namespace = context.Namespace,
                Query = string.Join(' ', context.Parsed.GetValue(query)!),
                Limit = (int)limit.Of(context.Parsed),
                Mode = Mode(context.Parsed.GetValue(mode)),
                Filter = new MetadataFilter([.. (context.Parsed.GetValue(filter) ?? []).Select(Condition)]),
            },
            cancellationToken));
    }

    public static MetadataCondition Condition(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new MetadataCondition(text[..equals], text[(equals + 1)..].Split(','))
            : throw new TidemarkException(
                ErrorCodes.Usage,
                $"the filter '{text}' is not KEY=VALUE",
                "write '--filter lang=en' or '--filter lang=en,de'");
    }

    private static async Task<int> RunAsync(
        CommandContext context, SearchRequest request, CancellationToken cancellationToken)
    {
        await using var store = await context.Stores.OpenForReadingAsync(cancellationToken);
        var @namespace = await Namespaces.RequireAsync(store, request.Namespace, cancellationToken);
        Namespaces.RequireIndex(@namespace, context.AskedIndex);
        var spec = EmbedderChoice.Decide(context.QueryPipeline.Embedder, @namespace.Generation?.Pipeline.Space, []);
        var model = context.Embedders.Create(spec);
        var result = await new SearchEngine(store, model).SearchAsync(request, cancellationToken);
        context.Output.Write(json => SearchJson.Write(json, result), () => SearchView.Of(result));
        return ExitCodes.Done;
    }

    private static SearchMode Mode(string? mode) => mode switch
    {
        null or "hybrid" => SearchMode.Hybrid,
        "vector" => SearchMode.Vector,
        "keyword" => SearchMode.Keyword,
        _ => throw new TidemarkException(
            ErrorCodes.Usage, $"'--mode' is '{mode}'", "make it 'hybrid', 'vector' or 'keyword'"),
    };
}
