using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>
/// Has a program turn a file into text, for instance <c>pdftotext {file} -</c>: what it writes to standard output is the
/// document, in UTF-8. Its exit code must be 0, it has to stay within its limits of time and size, and whatever it started is
/// ended with it.
/// </summary>
public sealed class CommandExtractor : IFileExtractor
{
    private const string Placeholder = "{file}";

    private readonly CommandOptions _options;
    private readonly TimeProvider _clock;
    private readonly string _program;

    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: there is no program.</exception>
    public CommandExtractor(CommandOptions options, TimeProvider clock)
    {
        if (options.Command.Count == 0 || string.IsNullOrWhiteSpace(options.Command[0]))
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                $"the extractor of '{options.Pattern}' names no program",
                "give the program and its arguments as a list, for instance [\"pdftotext\", \"{file}\", \"-\"]");
        }

        _options = options;
        _clock = clock;
        _program = options.Command[0].Contains('/', StringComparison.Ordinal)
            ? Path.GetFullPath(options.Command[0], options.Folder)
            : options.Command[0];
    }

    /// <summary>The command line as it was given, so that another one reads the files again.</summary>
    public string Fingerprint => "command:2\0" + string.Join('\0', _options.Command);

    public string Pattern => _options.Pattern;

    public async ValueTask<ExtractedText> ExtractAsync(OpenFile file, string item, CancellationToken cancellationToken)
    {
        var run = new CommandRun
        {
            Program = _program,
            Arguments = [.. _options.Command.Skip(1).Select(a => a.Replace(Placeholder, file.Path, StringComparison.Ordinal))],
            Folder = _options.Folder,
            Input = _options.Command.Skip(1).Any(a => a.Contains(Placeholder, StringComparison.Ordinal)) ? null : file.Content,
            MaxOutputBytes = _options.MaxOutputBytes,
        };
        var result = await RunAsync(run, item, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw new ItemException(
                ErrorCodes.ExtractorFailed,
                $"'{_options.Command[0]}' ended with exit code {result.ExitCode} for '{item}'{result.Complaint}",
                "run the command by hand to see why; repair the file, or exclude it, which lets go of what is indexed of it");
        }

        return new ExtractedText(Decode(item, result.Output), DocumentMetadata.Empty);
    }

    private async Task<CommandResult> RunAsync(CommandRun run, string item, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var result = await run.RunAsync(either.Token).ConfigureAwait(false);

            // Ctrl-C reaches the program too: what it makes of that is not the file's fault.
            cancellationToken.ThrowIfCancellationRequested();
            return result;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ItemException(
                ErrorCodes.ExtractorTimeout,
                $"'{_options.Command[0]}' was not done with '{item}' after {_options.Timeout.TotalSeconds} s and was ended",
                "raise the extractor's 'timeoutSeconds', repair the file, or exclude it, which lets go of what is indexed of it",
                e);
        }
        catch (CommandTooLargeException e)
        {
            throw new ItemException(
                ErrorCodes.ExtractorTooLarge,
                $"'{_options.Command[0]}' wrote more than {_options.MaxOutputBytes} bytes for '{item}' and was ended",
                "raise the extractor's 'maxOutputBytes', split the file, or exclude it, which lets go of what is indexed of it",
                e);
        }
        catch (CommandMissingException e)
        {
            throw new ItemException(
                ErrorCodes.ExtractorMissing,
                $"'{_options.Command[0]}', which reads '{_options.Pattern}', cannot be started for '{item}': {e.Message}",
                "install it, correct its name in DirectoryOptions.FileExtractors, or exclude the files, which lets go of what is indexed of them",
                e);
        }
    }

    private string Decode(string item, ReadOnlyMemory<byte> output)
    {
        try
        {
            return TextDecoder.Decode(item, output.Span);
        }
        catch (ItemException e)
        {
            throw new ItemException(
                e.Code,
                $"what '{_options.Command[0]}' wrote for '{item}' is not text in UTF-8",
                "have it write UTF-8 text to standard output, or exclude the file, which lets go of what is indexed of it",
                e);
        }
    }
}
