using System.Text;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Reporting;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>What ways of keeping the index in step cost.</summary>
internal static class CostCommand
{
    public const string Name = "cost";

    public static TidemarkCommand Build(CommandHost host)
    {
        var days = new NumberOption("--days", "N", CostOptions.DefaultDays, (1, 3650))
        {
            Description = "How many days of history tell the churn [default: 30]",
        };
        var price = new MoneyOption("--price") { Description = "USD for a million tokens, instead of the model's price" };
        var churn = new ShareOption("--churn") { Description = "Which share of the chunks changes in a day, instead of what was measured" };
        var csv = new Switch("--csv", "Print the projections as comma-separated values");
        var command = new TidemarkCommand(
            Name,
            "Computes what four ways of keeping the index in step cost a month, by its corpus and its churn.",
            "tidemark cost",
            "tidemark cost --price 0.02 --churn 1%",
            "tidemark cost --embedder openai:text-embedding-3-large",
            "tidemark cost --csv > cost.csv")
        {
            days,
            price,
            churn,
            csv,
        };
        return command.Handle(host, (context, cancellationToken) => RunAsync(
            context,
            new CostOptions
            {
                Days = days.Of(context.Parsed),
                PricePerMillionTokens = price.Of(context.Parsed),
                Churn = churn.Of(context.Parsed),
                IsOtherModel = context.Asked.Embedder is not null,
            },
            csv.IsOn(context.Parsed),
            cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, CostOptions options, bool csv, CancellationToken cancellationToken)
    {
        if (csv && context.Output.IsJson)
        {
            throw new TidemarkException(ErrorCodes.Usage, "'--csv' and '--json' do not go together", "leave one of them out");
        }

        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var cost = await index.CostAsync(options, cancellationToken);
        if (csv)
        {
            context.Host.Terminal.Write(Encoding.UTF8.GetBytes(string.Concat(CostJson.Csv(cost).Select(line => line + "\n"))));
        }
        else
        {
            context.Output.Write(json => CostJson.Write(json, cost), () => CostView.Of(cost));
        }

        return ExitCodes.Done;
    }
}
