using System.Text;
using AwoooP.Audit;
using AwoooP.Journal;

namespace AwoooP.Records;

/// <summary>
/// The file that signed heads are appended to, a JSON object a line, by one process at a time. Lines are only ever added; one that was cut off by a crash is ended
/// and stays, and its head follows once more. What the file has is read from it, so whatever it missed follows with the next round. A row that somebody put among the
/// heads without the key is not written and hides none: only what is signed says how far a chain is known.
/// </summary>
internal sealed class AuditHeadsFile(string path, IAuditSigner signer, TimeProvider time)
{
    private readonly Dictionary<AuditChain, long> _known = [];

    /// <summary>How far the file was read.</summary>
    private long _read;

    /// <summary>Appends what the file does not have yet, to the disk.</summary>
    /// <param name="find">The next heads behind those that are given; none when there are no more.</param>
    /// <param name="cancellationToken">Ends it between two of them.</param>
    /// <exception cref="IOException">It cannot be read or written, or others did not let go of it.</exception>
    public async Task<AuditHeadsAppended> AppendAsync(
        Func<IReadOnlyDictionary<AuditChain, long>, CancellationToken, Task<List<(AuditChain Chain, long Seq, AuditHeadRow Row)>>> find, CancellationToken cancellationToken)
    {
        // Alone: other silos of this machine may write into it, too.
        var alone = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using var file = await LockedFile.OpenAsync(path, alone, time, cancellationToken);
        try
        {
            var appended = await AppendAsync(file, find, cancellationToken);
            file.Flush(flushToDisk: true);
            _read = file.Length;
            return appended;
        }
        catch
        {
            // What has come to the disk is not known: it is read again.
            Forget();
            throw;
        }
    }

    private async Task<AuditHeadsAppended> AppendAsync(
        FileStream file,
        Func<IReadOnlyDictionary<AuditChain, long>, CancellationToken, Task<List<(AuditChain Chain, long Seq, AuditHeadRow Row)>>> find,
        CancellationToken cancellationToken)
    {
        var isEnded = await ReadAsync(file, cancellationToken);
        var appended = default(AuditHeadsAppended);

        // Behind what is left out, too, in this round: the next one looks at it again.
        var seen = new Dictionary<AuditChain, long>(_known);
        while (await find(seen, cancellationToken) is { Count: > 0 } heads)
        {
            var lines = new StringBuilder();
            foreach (var (chain, seq, row) in heads)
            {
                seen[chain] = seq;
                switch (await CheckAsync(row, cancellationToken))
                {
                    case true:
                        lines.Append(AuditHeadLine.Write(row)).Append('\n');
                        _known[chain] = seq;
                        appended = appended with { Written = appended.Written + 1 };
                        break;
                    case false:
                        appended = appended with { Forged = appended.Forged + 1, FirstForged = appended.FirstForged ?? row };
                        break;
                    default:
                        appended = appended with { Unknown = appended.Unknown + 1 };
                        break;
                }
            }

            if (lines.Length == 0)
                continue;
            if (!isEnded)
                lines.Insert(0, '\n');
            isEnded = true;
            await file.WriteAsync(Encoding.UTF8.GetBytes(lines.ToString()), cancellationToken);
        }

        return appended;
    }

    /// <summary>Reads what others, or a run before, have appended, and stands at the end.</summary>
    /// <returns>Whether the last line is whole.</returns>
    private async Task<bool> ReadAsync(FileStream file, CancellationToken cancellationToken)
    {
        // Another file, in the place of the one that was moved away.
        if (file.Length < _read)
            Forget();

        file.Seek(_read, SeekOrigin.Begin);
        using (var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true))
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
                await NoteAsync(line, cancellationToken);
        }

        if (file.Length == 0)
            return true;

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }

    private async ValueTask NoteAsync(string line, CancellationToken cancellationToken)
    {
        // The file lies where who has the database does not write, so a head of a key that this process does not have is taken for another silo's.
        if (!AuditHeadLine.TryRead(line, out var row) || !Position.TryParse(row.Position, out var position) || await CheckAsync(row, cancellationToken) is false)
            return;

        var chain = new AuditChain(row.ProjectId, position.Generation, position.Partition);
        if (position.Seq > _known.GetValueOrDefault(chain))
            _known[chain] = position.Seq;
    }

    /// <summary>Whether the head is its key's; null when this process does not have the key.</summary>
    private async ValueTask<bool?> CheckAsync(AuditHeadRow row, CancellationToken cancellationToken) =>
        SignedAuditHead.Of(row) is { } signed ? await signer.CheckAsync(row.ProjectId, signed.Head.ToBytes(), signed.Signature, cancellationToken) : false;

    private void Forget()
    {
        _known.Clear();
        _read = 0;
    }
}
