using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Documents;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>What is gone and can be brought back.</summary>
internal static class ArchiveCommand
{
    public const string Name = CommandWords.Archive;

    public static TidemarkCommand Build(CommandHost host) => new(
        Name, "Shows what was deleted or has expired, and can be brought back.", "tidemark archive list")
    {
        List(host),
    };

    private static TidemarkCommand List(CommandHost host)
    {
        var command = new TidemarkCommand(
            "list", "Lists documents that are gone, why, and until when 'restore' brings them back.", "tidemark archive list --json");
        return command.Handle(host, RunAsync);
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var damaged = new List<ItemFailure>();
        var archived = index.ArchiveAsync(context.Settings.Retention.Options.HistoryOf(context.Settings.Namespace), cancellationToken: cancellationToken)
            .Select(one => Note(one, damaged));
        if (context.Output.IsJson)
        {
            await JsonStream.WriteArrayAsync(context.Host.Terminal, archived, ArchivedDocumentJson.Write);
            return ExitOf(damaged);
        }

        await foreach (var one in archived)
        {
            if (!context.Output.IsQuiet && one.State.Damage is null)
            {
                context.Host.Terminal.Output.WriteLine(
                    $"{StateEnds.NameOf(one.State.Ended!.Value),-10}  {Units.Time(one.At)}  "
                    + $"{(one.RecoverableUntil is { } until ? $"until {Units.Time(until)}" : "held"),-26}  {Printable.Escape(one.State.Document.Id)}");
            }
        }

        context.Output.Complain(SyncView.Failures(damaged, context.Output.ListsAll));
        return ExitOf(damaged);
    }

    /// <summary>One that is not what was stored hides none of the others.</summary>
    private static ArchivedDocument Note(ArchivedDocument archived, List<ItemFailure> damaged)
    {
        if (archived.State is { Damage: { } damage, Document.Id: var id })
        {
            damaged.Add(new ItemFailure(id, damage.Code, damage.Message, damage.Remedy, HidesDocuments: false));
        }

        return archived;
    }

    private static int ExitOf(List<ItemFailure> damaged) => damaged.Count == 0 ? ExitCodes.Done : ExitCodes.SomeFailed;
}
