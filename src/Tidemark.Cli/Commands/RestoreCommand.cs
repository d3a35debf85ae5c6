using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Brings back what is gone.</summary>
internal static class RestoreCommand
{
    public const string Name = "restore";

    public static TidemarkCommand Build(CommandHost host)
    {
        var document = new Argument<string>("DOCUMENT") { Description = "The document's id", Arity = ArgumentArity.ZeroOrOne };
        var source = new Option<string>("--source") { HelpName = "ID", Description = "All documents of a source id, or of the source of that name" };
        var run = new NumberOption("--run", "N", 0, (1, int.MaxValue)) { Description = "All that this run let go" };
        var asOf = new AsOfOption();
        var dryRun = new Switch("--dry-run", "Only say what would come back");
        var command = new TidemarkCommand(
            Name,
            "Brings back what was deleted or has expired, as it was; no cleanup takes it until its source lists it again.",
            "tidemark restore docs/install.md",
            "tidemark restore --run 42 --dry-run",
            "tidemark restore docs/install.md --as-of 12")
        {
            document, source, run, asOf, dryRun,
        };
        return command.Handle(host, (context, cancellationToken) => RunAsync(
            context,
            TargetOf(context.Parsed.GetValue(document), context.Parsed.GetValue(source), context.Parsed.GetResult(run) is null ? null : run.Of(context.Parsed)),
            asOf.Of(context.Parsed),
            dryRun.IsOn(context.Parsed),
            cancellationToken));
    }

    private static RestoreTarget TargetOf(string? document, string? source, long? run) => (document, source, run) switch
    {
        ({ Length: > 0 }, null, null) => RestoreTarget.Document(document),
        (null, { Length: > 0 }, null) => RestoreTarget.Source(source),
        (null, null, { } number) => RestoreTarget.OfRun(number),
        _ => throw new TidemarkException(
            ErrorCodes.Usage, "it is not said, or said twice, what is to be brought back", "name a document, or '--source ID', or '--run N'"),
    };

    private static async Task<int> RunAsync(
        CommandContext context, RestoreTarget target, PointInTime? asOf, bool dryRun, CancellationToken cancellationToken)
    {
        if (target.Run is not null && asOf is not null)
        {
            throw new TidemarkException(
                ErrorCodes.Usage, "'--run' and '--as-of' do not go together: what a run let go comes back as it was then", "leave one of them out");
        }

        var options = new LifecycleOptions { DryRun = dryRun, Wait = context.Wait, Spending = context.Settings.Spending };
        await using var index = context.ToAsk(dryRun ? context.Stores.OpenForReadingAsync : context.Stores.OpenForWritingAsync);
        var report = await index.RestoreAsync(target, asOf, options, cancellationToken);
        context.Output.Write(json => LifecycleReportJson.Write(json, report), () => LifecycleView.Of(report, "brought back", "would bring back"));
        return ExitCodes.Of(report);
    }
}
