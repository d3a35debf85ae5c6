using System.Text;
using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

public sealed class PortableFileTreeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>On Windows a file may be called as a device is (<c>nul.md</c>), and the device is what opens.</summary>
    [Fact]
    public void What_opens_and_has_no_length_is_a_fault_of_this_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a pipe is made with the means of Linux");
        Shell.Run(_folder.Root, "mkfifo pipe.md");
        using var writer = new FileStream(_folder.Path("pipe.md"), FileMode.Open, FileAccess.ReadWrite); // opens for both without waiting
        var tree = new PortableFileTree();

        using var device = tree.OpenFile(Encoding.UTF8.GetBytes(_folder.Path("pipe.md")), out _);

        tree.Look(device.ShouldNotBeNull(), out _).ShouldNotBeNull().Kind.ShouldBe(FileFaultKind.Other);
    }
}
