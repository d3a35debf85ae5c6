using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Lets the call into libc be compiled ahead.
[assembly: DisableRuntimeMarshalling]

namespace Tidemark.Cli.Hosting;

/// <summary>
/// Standard output or error by file descriptor. The runtime's own console stream swallows a broken pipe, so that
/// <c>tidemark export | head</c> would go on to the end; this one says so. It also starts faster.
/// </summary>
internal sealed partial class DescriptorStream(int descriptor) : Stream
{
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int BrokenPipe = 32;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The stream of a descriptor, on every platform.</summary>
    public static Stream Open(int descriptor)
    {
        if (!StandardDescriptors.IsInherited(descriptor))
        {
            // Nobody hears of errors; a result that nobody gets is a failure.
            return descriptor == 2 ? Null : throw new OutputFailedException("standard output is closed");
        }

        if (!OperatingSystem.IsWindows())
        {
            return new DescriptorStream(descriptor);
        }

        return descriptor == 1 ? Console.OpenStandardOutput() : Console.OpenStandardError();
    }

    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            var at = start;
            var left = (nint)buffer.Length;
            while (left > 0)
            {
                var written = WriteBytes(descriptor, at, left);
                if (written < 0)
                {
                    Check(Marshal.GetLastPInvokeError());
                    continue;
                }

                at += written;
                left -= written;
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [SuppressMessage(
        "ApiDesign", "RS0030", Justification = "A stream is written to synchronously, and only a terminal that is full has one wait.")]
    private static void Check(int error)
    {
        switch (error)
        {
            case Interrupted:
                return;
            case TryAgain:
                // A terminal that somebody switched to non-blocking: give the reader a moment.
                Thread.Sleep(1);
                return;
            case BrokenPipe:
                throw new BrokenPipeException();
            default:
                throw new OutputFailedException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint WriteBytes(int descriptor, byte* buffer, nint count);
}
