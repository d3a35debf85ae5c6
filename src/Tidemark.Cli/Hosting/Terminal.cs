using System.Text;

namespace Tidemark.Cli.Hosting;

/// <summary>Where a call's output goes; each stream is opened when it is first written to.</summary>
internal sealed class Terminal : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Lazy<Stream> _bytes;
    private readonly Lazy<TextWriter> _output;
    private readonly Lazy<TextWriter> _error;
    private readonly Func<bool> _isOutputTerminal;
    private readonly Func<bool> _isErrorTerminal;
    private bool _isForgotten;

    public Terminal()
    {
        _bytes = new(static () => DescriptorStream.Open(1));
        _output = new(() => new StreamWriter(_bytes.Value, Utf8, 16 * 1024) { NewLine = "\n" });

        // A signal, a progress line and a log may all want to say something at the same moment.
        _error = new(static () => TextWriter.Synchronized(new StreamWriter(DescriptorStream.Open(2), Utf8, 1024)
        {
            NewLine = "\n",
            AutoFlush = true,
        }));
        _isOutputTerminal = () => !Console.IsOutputRedirected;
        _isErrorTerminal = () => !Console.IsErrorRedirected;
    }

    /// <summary>Not the process's own streams, and no terminal.</summary>
    public Terminal(Stream output, TextWriter error)
    {
        _bytes = new(output);
        _output = new(() => new StreamWriter(output, Utf8) { NewLine = "\n" });
        _error = new(error);
        _isOutputTerminal = _isErrorTerminal = static () => false;
    }

    /// <summary>Whether the terminal can colour and move the cursor, and nobody minds (no-color.org).</summary>
    public static bool HasColours =>
        Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb")
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Buffered; <see cref="Flush"/> it.</summary>
    public TextWriter Output => _output.Value;

    public TextWriter Error => _error.Value;

    public bool IsOutputTerminal => _isOutputTerminal();

    public bool IsErrorTerminal => _isErrorTerminal();

    /// <summary>Unbuffered UTF-8, after everything that was written as text.</summary>
    public void Write(ReadOnlySpan<byte> utf8)
    {
        Flush();
        _bytes.Value.Write(utf8);
    }

    public void Flush()
    {
        if (_output.IsValueCreated && !_isForgotten)
        {
            Output.Flush();
        }
    }

    /// <summary>Nobody reads the output any more: what is left of it is not written.</summary>
    public void Forget() => _isForgotten = true;

    public void Dispose()
    {
        // What is left in the buffer after a failure to write must not fail a second time.
        try
        {
            Flush();
        }
        catch (Exception e) when (e is IOException or OutputFailedException)
        {
        }
    }
}
