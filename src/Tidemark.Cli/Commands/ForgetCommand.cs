using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;
using Tidemark.Lifecycle;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Removes every trace, and prints the receipt.</summary>
internal static class ForgetCommand
{
    public const string Name = "forget";

    public static TidemarkCommand Build(CommandHost host)
    {
        var call = new ForgetCall();
        var command = new TidemarkCommand(
            Name,
            "Removes every trace of documents, keeps them from coming back, and prints a signed receipt.",
            "tidemark forget docs/person.md --json > receipt.json",
            "tidemark forget --source customers/17",
            "tidemark forget --filter person=17",
            "tidemark forget --lift docs/person.md",
            "tidemark forget --export > forgotten.jsonl",
            "tidemark forget --reapply forgotten.jsonl");
        call.AddTo(command);
        return command.Handle(host, (context, cancellationToken) => call.ActionOf(context.Parsed) switch
        {
            ForgetAction.Lift => LiftAsync(context, call, cancellationToken),
            ForgetAction.Export => ExportAsync(context, cancellationToken),
            ForgetAction.Reapply => ReapplyAsync(context, call.FileOf(context.Parsed), cancellationToken),
            _ => RunAsync(context, call.TargetOf(context.Parsed), cancellationToken),
        });
    }

    private static async Task<int> RunAsync(CommandContext context, ForgetTarget target, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
        var receipt = await index.ForgetAsync(target, new LifecycleOptions { Wait = context.Wait }, cancellationToken);
        var (secret, _) = await index.ForgottenAsync(cancellationToken: cancellationToken);
        context.Output.Write(json => ErasureReceiptJson.Write(json, receipt, secret), () => ErasureView.Of(receipt));
        return receipt.IsClean ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<int> LiftAsync(CommandContext context, ForgetCall call, CancellationToken cancellationToken)
    {
        var (scope, id) = call.NameOf(context.Parsed);
        await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
        await index.LiftAsync(scope, id, cancellationToken: cancellationToken);
        context.Output.Write(
            json => SuppressionJson.WriteLifted(json, scope, id), () => HoldView.Of(id, "may come back with the next sync that lists it"));
        return ExitCodes.Done;
    }

    private static async Task<int> ExportAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var index = context.ToAsk(context.Stores.OpenForReadingAsync);
        var (secret, forgotten) = await index.ForgottenAsync(cancellationToken: cancellationToken);
        var lines = SuppressionJson.Lines(context.Namespace, secret, forgotten);
        await JsonStream.WriteLinesAsync(context.Host.Terminal, lines.ToAsyncEnumerable(), (json, write) => write(json));
        return ExitCodes.Done;
    }

    private static async Task<int> ReapplyAsync(CommandContext context, string file, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(file, context.Host.Folder);
        if (!File.Exists(path))
        {
            throw new TidemarkException(ErrorCodes.SourceMissing, $"there is no file '{file}'", "name one that 'tidemark forget --export' has written");
        }

        var (@namespace, salt, forgotten) = await TidemarkIndex.ReadForgottenAsync(path, cancellationToken);
        if (context.NamesNamespace && context.Namespace != @namespace)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"the file is of the namespace '{@namespace}', not of '{context.Namespace}'",
                "leave '--namespace' out: what the file names is forgotten where it was");
        }

        await using var index = context.ToAsk(context.Stores.OpenForWritingAsync);
        var options = new LifecycleOptions { Namespace = @namespace, Wait = context.Wait };
        var receipts = await index.ReapplyAsync(salt, forgotten, options, cancellationToken);
        var (secret, _) = await index.ForgottenAsync(cancellationToken: cancellationToken);
        context.Output.Write(
            json => SuppressionJson.WriteReapplied(json, forgotten.Count, receipts, secret), () => ErasureView.Of(forgotten.Count, receipts));
        return receipts.All(receipt => receipt.IsClean) ? ExitCodes.Done : ExitCodes.Failed;
    }
}
