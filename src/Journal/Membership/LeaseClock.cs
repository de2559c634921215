using System.Runtime.InteropServices;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Linux's clock that goes on while the machine is suspended, where the one of <see cref="TimeProvider.GetTimestamp"/> stands still: others take
/// over meanwhile. It is read without a call of the kernel, as the other one is.
/// </summary>
internal sealed partial class LeaseClock : TimeProvider
{
    /// <summary><c>CLOCK_BOOTTIME</c> of &lt;linux/time.h&gt;.</summary>
    private const int BootTime = 7;

    private const long NanosecondsInASecond = 1_000_000_000;

    private LeaseClock()
    {
    }

    public override long TimestampFrequency => NanosecondsInASecond;

    /// <summary>What leases are measured by where time is told by this provider: another one than the system's is taken as it is.</summary>
    public static TimeProvider For(TimeProvider time) => ReferenceEquals(time, System) && OperatingSystem.IsLinux() ? new LeaseClock() : time;

    public override long GetTimestamp() => ReadClock(BootTime, out var now) == 0
        ? (now.Seconds * NanosecondsInASecond) + now.Nanoseconds
        : throw new PlatformNotSupportedException("The kernel has no clock that counts the time of a suspend.");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    private static partial int ReadClock(int clock, out Moment now);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Moment
    {
        private readonly nint _seconds;
        private readonly nint _nanoseconds;

        public long Seconds => _seconds;

        public long Nanoseconds => _nanoseconds;
    }
}
