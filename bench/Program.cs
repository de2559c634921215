using AwoooP.Bench.Journal;

var arguments = args.Skip(1).ToArray();
return (args.FirstOrDefault() ?? "") switch
{
    "journal" => await JournalBench.RunAsync(arguments),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bench journal [--seconds N] [--rounds N] [--data FOLDER]");
    return 2;
}
