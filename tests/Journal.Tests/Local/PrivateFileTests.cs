using System.Text;
using AwoooP.Journal.Hosting;

namespace AwoooP.Journal.Tests.Local;

public sealed class PrivateFileTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("awooop-private-");

    private string Folder => Path.Combine(_root.FullName, "data");

    private string Secret => Path.Combine(Folder, "secret");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void ReadOrMake_WithoutAFile_MakesOneThatOnlyItsOwnerCanRead()
    {
        ReadOrMake("mine").ShouldBe("mine");

        File.GetUnixFileMode(Secret).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(Folder).ShouldBe([Secret]);
    }

    [Fact]
    public void ReadOrMake_WithAFile_LeavesItAsItIs()
    {
        ReadOrMake("first");

        Encoding.UTF8.GetString(PrivateFile.ReadOrMake(Secret, static () => throw new InvalidOperationException("Nobody needs another."))).ShouldBe("first");
    }

    [Fact]
    public void ReadOrMake_WhenAnotherIsMadeMeanwhile_AnswersThatOne()
    {
        var read = PrivateFile.ReadOrMake(Secret, () =>
        {
            ReadOrMake("theirs");
            return "mine"u8.ToArray();
        });

        Encoding.UTF8.GetString(read).ShouldBe("theirs");
        Directory.GetFiles(Folder).ShouldBe([Secret]);
    }

    [Fact]
    public async Task ReadOrMake_ByManyAtOnce_GivesAllTheSame()
    {
        const int Many = 16;
        using var together = new Barrier(Many);
        var readers = Enumerable.Range(0, Many).Select(number => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return ReadOrMake($"of {number}");
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));

        (await Task.WhenAll(readers)).Distinct().ShouldHaveSingleItem().ShouldBe(await File.ReadAllTextAsync(Secret));
        Directory.GetFiles(Folder).ShouldBe([Secret]);
    }

    private string ReadOrMake(string content) => Encoding.UTF8.GetString(PrivateFile.ReadOrMake(Secret, () => Encoding.UTF8.GetBytes(content)));
}
